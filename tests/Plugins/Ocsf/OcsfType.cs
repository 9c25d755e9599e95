namespace AuditHost.Plugins.Tests.Ocsf;

/// <summary>A class or an object of OCSF.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Category">The number of a class's category; 0 for an object.</param>
/// <param name="Attributes">Its attributes by name, inherited ones among them.</param>
/// <param name="AtLeastOne">Attributes of which one has to be there; none where there is no such rule.</param>
internal sealed record OcsfType(string Name, long Category, Dictionary<string, OcsfAttribute> Attributes, string[] AtLeastOne);

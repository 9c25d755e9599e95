using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("AuditHost.Plugins.Tests")]

namespace AuditHost.Configuration.Options;

/// <summary>What happens when something that waits has used up its share of the disk.</summary>
internal enum FullPolicy
{
    /// <summary>Nothing is lost: whoever brings more waits.</summary>
    Block,

    /// <summary>The oldest go, with a record.</summary>
    DropOldest,
}

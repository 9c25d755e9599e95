namespace AuditHost.Lanes;

/// <summary>Why a batch was not filled further.</summary>
internal enum FillResult
{
    /// <summary>It is full.</summary>
    Full,

    /// <summary>The journal has nothing more for now.</summary>
    Exhausted,

    /// <summary>Enough was looked at to write the cursor.</summary>
    Scanned,
}

namespace AuditHost.Sdk.Testing;

/// <summary>How much of a success there is in a hostile answer.</summary>
internal enum AnswerCredit
{
    /// <summary>None: nobody may take it for an acknowledgement.</summary>
    None,

    /// <summary>A whole head with a status of 2xx, before it goes wrong: enough for those who read no more.</summary>
    Head,

    /// <summary>All of it, in odd clothing: whoever can read it may.</summary>
    Whole,
}

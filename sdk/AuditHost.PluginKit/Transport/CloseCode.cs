using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>What a WebSocket close code means for a delivery (RFC 6455, section 7.4, and the IANA registry of close codes).</summary>
public static class CloseCode
{
    /// <summary>The kind of failure that a code stands for.</summary>
    /// <remarks>
    /// <list type="table">
    /// <listheader><term>code</term><description>meaning</description></listheader>
    /// <item><term>1009</term><description>TooLarge</description></item>
    /// <item><term>1002 1003 1007 1008 1010</term><description>Misconfigured: the server refuses how it is spoken to, or by whom, whatever is sent</description></item>
    /// <item><term>4401 4403</term><description>Misconfigured: the codes that servers of many kinds lend from HTTP</description></item>
    /// <item><term>4429</term><description>Throttled, likewise</description></item>
    /// <item><term>anything else, 1000 1001 1011 1012 1013 1014 among them</term><description>Transient</description></item>
    /// </list>
    /// </remarks>
    public static FailureKind Classify(int code) => code switch
    {
        1009 => FailureKind.TooLarge,
        1002 or 1003 or 1007 or 1008 or 1010 or 4401 or 4403 => FailureKind.Misconfigured,
        4429 => FailureKind.Throttled,
        _ => FailureKind.Transient,
    };

    /// <summary>A code in words, free of what the server wrote.</summary>
    public static string Describe(int code) => code switch
    {
        1000 => "code 1000, its work is done",
        1001 => "code 1001, it goes away",
        1002 => "code 1002, a protocol error",
        1003 => "code 1003, it does not take messages of this type. Check text and binary",
        1007 => "code 1007, a message is not what its type says",
        1008 => "code 1008, it is against its policy. Check authentication and the rights of the account",
        1009 => "code 1009, a message is too big",
        1010 => "code 1010, an extension is missing",
        1011 => "code 1011, an internal error",
        1012 => "code 1012, it restarts",
        1013 => "code 1013, it is busy",
        1014 => "code 1014, a bad gateway",
        4401 => "code 4401, the credentials are missing or wrong. Check authentication",
        4403 => "code 4403, the credentials do not permit this. Check the rights of the account",
        _ => $"code {code}",
    };
}

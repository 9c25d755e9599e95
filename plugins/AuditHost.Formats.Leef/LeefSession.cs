using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Leef;

/// <summary>Tells events that begin or end a session, which LEEF marks with a key of its own.</summary>
internal static class LeefSession
{
    /// <summary>The key that marks the event; empty where it is neither a login nor a logout.</summary>
    public static ReadOnlySpan<byte> KeyOf(AuditEvent auditEvent)
    {
        // A refused login is one too, and the only one among the types of copybook-rs.
        if (auditEvent.Find("payload.data.security_event_type").Equals("AuthenticationFailure"u8))
            return "isLoginEvent"u8;
        if (auditEvent.Type.Raw.Length > LeefLimits.Name)
            return default;
        using var type = new DecodedText(auditEvent.Type);
        if (IsOneOf(type.Utf8, "login"u8, "userlogin"u8, "user_login"u8, "logon"u8))
            return "isLoginEvent"u8;
        return IsOneOf(type.Utf8, "logout"u8, "userlogout"u8, "user_logout"u8, "logoff"u8) ? "isLogoutEvent"u8 : default;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> one, ReadOnlySpan<byte> two, ReadOnlySpan<byte> three, ReadOnlySpan<byte> four) =>
        Ascii.EqualsIgnoreCase(type, one) || Ascii.EqualsIgnoreCase(type, two) || Ascii.EqualsIgnoreCase(type, three) || Ascii.EqualsIgnoreCase(type, four);
}

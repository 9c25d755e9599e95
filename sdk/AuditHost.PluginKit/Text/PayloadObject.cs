using System.Text.Json;

namespace AuditHost.PluginKit.Text;

/// <summary>Looks into a payload that has to be a JSON object, whoever wrote it: a format, or a site's template.</summary>
public static class PayloadObject
{
    /// <summary>Whether a payload is one JSON object and nothing else.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="name">A member of the object, in UTF-8.</param>
    /// <param name="value">The JSON of that member's value, the last one's where there are several; empty where there is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        try
        {
            var members = new JsonMembers(payload);
            while (members.MoveNext())
            {
                if (members.Is(name))
                    value = members.Json;
            }

            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>Whether a payload is a JSON object with a member of its own by a name.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="name">The member, in UTF-8.</param>
    public static bool Has(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> name)
    {
        // Seldom is the name there, so the bytes are looked through first; only an escape could hide it.
        if (payload.IndexOf(name) < 0 && !payload.Contains((byte)'\\'))
            return false;
        try
        {
            var members = new JsonMembers(payload);
            while (members.MoveNext())
            {
                if (members.Is(name))
                    return true;
            }
        }
        catch (JsonException)
        {
            // No object has no members.
        }

        return false;
    }
}

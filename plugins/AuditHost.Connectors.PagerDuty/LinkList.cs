using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>The links of the settings as JSON, written once.</summary>
internal static class LinkList
{
    /// <returns>The array; <see langword="null"/> where there are none.</returns>
    /// <exception cref="SettingsException">One leads nowhere.</exception>
    public static byte[]? Write(IReadOnlyList<PagerDutyLink> links)
    {
        if (links.Count == 0)
            return null;
        using var written = new PooledBuffer(1024);
        var json = new JsonWriter(written);
        json.BeginArray();
        for (int i = 0; i < links.Count; i++)
        {
            json.BeginObject();
            json.Name("href"u8);
            json.String(Check($"links[{i}].href", links[i].Href));
            if (links[i].Text is { } text)
            {
                json.Name("text"u8);
                json.String(text);
            }

            json.EndObject();
        }

        json.EndArray();
        json.Flush();
        return written.Written.ToArray();
    }

    /// <exception cref="SettingsException">It is no address that a browser opens.</exception>
    public static string Check(string setting, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? address
            : throw new SettingsException(setting, "Not an absolute http or https address. Expected one such as https://host/path");
}

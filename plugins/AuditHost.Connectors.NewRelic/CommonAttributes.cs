using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What everything sent has: the application's name and the site's own attributes.</summary>
internal sealed class CommonAttributes
{
    /// <summary>Room for those of an event.</summary>
    private const int MaxCount = 100;

    private CommonAttributes((byte[] Name, byte[] Value)[] all)
    {
        All = all;
        Json = Render(all);
    }

    /// <summary>Names and values, in UTF-8.</summary>
    public (byte[] Name, byte[] Value)[] All { get; }

    /// <summary>The members of a JSON object, without braces.</summary>
    public byte[] Json { get; }

    /// <exception cref="SettingsException">One cannot be an attribute.</exception>
    public static CommonAttributes Of(NewRelicSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.AppName))
            throw new SettingsException("app_name", "Empty. Give it a name, or leave it out");
        if (settings.CommonAttributes.Count > MaxCount)
            throw new SettingsException("common_attributes", $"More than {MaxCount}. Remove some: an event has attributes of its own besides");
        var all = new List<(byte[] Name, byte[] Value)> { ("service.name"u8.ToArray(), ValueOf("app_name", settings.AppName)) };
        foreach ((string name, string value) in settings.CommonAttributes.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (name == "service.name")
                throw new SettingsException("common_attributes.service.name", "Has a setting of its own. Use app_name");
            byte[] checkedName = AttributeName.Check("common_attributes", name);
            if (string.IsNullOrWhiteSpace(value))
                throw new SettingsException($"common_attributes.{name}", "Empty. Give it a value, or leave it out");
            all.Add((checkedName, ValueOf($"common_attributes.{name}", value)));
        }

        return new CommonAttributes([.. all]);
    }

    private static byte[] ValueOf(string setting, string value) => value.Length < NewRelicLimits.LogValue
        ? Encoding.UTF8.GetBytes(value)
        : throw new SettingsException(setting, $"Longer than the {NewRelicLimits.LogValue} characters of an attribute. Shorten it");

    private static byte[] Render((byte[] Name, byte[] Value)[] all)
    {
        using var members = new PooledBuffer(256);
        var json = new JsonWriter(members);
        foreach ((byte[] name, byte[] value) in all)
        {
            json.Name(name);
            json.String(value);
        }

        json.Flush();
        return members.Written.ToArray();
    }
}

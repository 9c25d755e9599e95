using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Signs requests with a workspace's key ("HTTP Data Collector API", Authorization).</summary>
internal sealed class SharedKey
{
    /// <summary>The path, which is signed along. That a proxy has another before it does not matter.</summary>
    public const string Resource = "/api/logs";

    /// <summary>The media type, which must be the header's to the letter.</summary>
    public const string ContentType = "application/json";

    private readonly string _workspace;
    private readonly byte[] _key;

    private SharedKey(string workspace, byte[] key)
    {
        _workspace = workspace;
        _key = key;
    }

    /// <exception cref="SettingsException">It is no key.</exception>
    public static SharedKey Parse(string setting, string workspace, string key)
    {
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out int length) || length == 0)
            throw new SettingsException(setting, "Not a key of a workspace. Expected Base64, as the portal shows it");
        return new SharedKey(workspace, bytes[..length]);
    }

    /// <summary>The value of <c>Authorization</c>.</summary>
    /// <param name="length">The body's length in bytes.</param>
    /// <param name="date">The value of <c>x-ms-date</c>.</param>
    public string Sign(int length, string date)
    {
        string signed = string.Create(CultureInfo.InvariantCulture, $"POST\n{length}\n{ContentType}\nx-ms-date:{date}\n{Resource}");
        return $"SharedKey {_workspace}:{Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed)))}";
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuditHost.Sdk;

namespace AuditHost.Security;

/// <summary>Reads certificates from PEM files. Errors name the setting and the path, never a file's content.</summary>
internal static class PemFile
{
    /// <summary>A certificate with its key, and the intermediate certificates that stand behind it in the file.</summary>
    public static CertificateWithKey ReadPair(string certificateSetting, string certificatePath, string keySetting, string keyPath)
    {
        X509Certificate2Collection all = ReadAll(certificateSetting, certificatePath);
        string key = ReadText(keySetting, keyPath);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(all[0].ExportCertificatePem(), key);
            all.RemoveAt(0);
            return new CertificateWithKey(certificate, all);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SettingsException(
                keySetting,
                $"{keyPath} is not the key of the certificate in {certificatePath}. Expected the unencrypted PEM key of the first certificate there");
        }
    }

    /// <summary>Every certificate of a file; at least one.</summary>
    public static X509Certificate2Collection ReadAll(string setting, string path)
    {
        string text = ReadText(setting, path);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException exception)
        {
            throw new SettingsException(setting, $"{path} holds a certificate that cannot be read. Expected PEM", exception);
        }

        return certificates.Count > 0
            ? certificates
            : throw new SettingsException(setting, $"{path} holds no certificate. Expected PEM with BEGIN CERTIFICATE");
    }

    private static string ReadText(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(setting, $"{path} cannot be read: {exception.Message}", exception);
        }
    }
}

using System.Text;

namespace AuditHost.Plugins.Tests.CloudWatch;

/// <summary>
/// The environment variables that the AWS SDK looks at, all unset but the given ones, until it is disposed of. They are the process's: tests
/// that use it belong to <see cref="Collection"/>, and no others look for credentials.
/// </summary>
internal sealed class AwsEnvironment : IDisposable
{
    public const string Collection = "The process's AWS environment";

    private readonly Dictionary<string, string?> _before = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-aws-").FullName;

    public AwsEnvironment()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)))
            Set(name, null);
        Set("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(_folder, "credentials"));
        Set("AWS_CONFIG_FILE", Path.Combine(_folder, "config"));
        Set("HOME", _folder);
        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        DateTime? before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null;
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

        // The kernel's clock for files is a coarse one, and the SDK takes a file of the same time for the same.
        if (before is { } time)
            File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
        return path;
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(_folder, recursive: true);
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AuditHost.Connectors.File;
using AuditHost.PluginKit.Files;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Files;

public sealed class FileConnectorTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestPluginContext _context;

    public FileConnectorTests() => _context = new TestPluginContext(_folder.Path);

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Batches_are_appended_and_named_by_file_and_offset()
    {
        await using IConnector connector = Create("""{"path":"out/audit.jsonl"}""");
        await connector.StartAsync(Cancelled);

        DeliveryResult first = await connector.SendAsync(TestBatch.OfBody("{\"a\":1}\n"), Cancelled);
        DeliveryResult second = await connector.SendAsync(TestBatch.OfBody("{\"b\":\"ü\"}\n"), Cancelled);

        Assert.True(first.IsDelivered && second.IsDelivered);
        Assert.Equal("audit.jsonl:0", first.AcknowledgementId);
        Assert.Equal("audit.jsonl:8", second.AcknowledgementId);
        Assert.Equal("{\"a\":1}\n{\"b\":\"ü\"}\n", await System.IO.File.ReadAllTextAsync(_folder["out/audit.jsonl"], Cancelled));
    }

    [Theory]
    [InlineData("folder", "is a folder")]
    [InlineData("plain/audit.jsonl", "is a file, not a folder")]
    public async Task A_path_that_cannot_be_written_is_misconfigured(string path, string reason)
    {
        Directory.CreateDirectory(_folder["folder"]);
        await System.IO.File.WriteAllTextAsync(_folder["plain"], "text\n", Cancelled);
        await using IConnector connector = Create($$"""{"path":"{{path}}"}""");

        DeliveryResult result = await connector.SendAsync(TestBatch.OfBody("{}\n"), Cancelled);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(async () => await connector.ProbeAsync(Cancelled));
    }

    [Fact]
    public async Task A_device_is_misconfigured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /dev/full here.");
        await using IConnector connector = Create("""{"path":"/dev/full"}""");

        DeliveryResult result = await connector.SendAsync(TestBatch.OfBody("{}\n"), Cancelled);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Equal("'/dev/full' is not a regular file.", result.Reason);
    }

    [Fact]
    public async Task A_full_disk_is_transient_and_leaves_whole_lines()
    {
        using var disk = TinyDisk.Mount(_folder.Path);
        await using IConnector connector = Create("""{"path":"disk/audit.jsonl"}""");
        string body = new string('x', 99_999) + '\n';

        DeliveryResult result;
        int delivered = 0;
        while ((result = await connector.SendAsync(TestBatch.OfBody(body), Cancelled)).IsDelivered)
            delivered++;
        long length = new FileInfo(_folder["disk/audit.jsonl"]).Length;
        await System.IO.File.WriteAllTextAsync(_folder["disk/ballast"], string.Empty, Cancelled);
        DeliveryResult again = await connector.SendAsync(TestBatch.OfBody("small\n"), Cancelled);

        Assert.Equal(FailureKind.Transient, result.Kind);
        Assert.Contains("is full", result.Reason, StringComparison.Ordinal);
        Assert.True(delivered > 0);
        Assert.Equal(delivered * 100_000L, length);
        Assert.True(again.IsDelivered, again.Reason);
    }

    [Fact]
    public async Task Probe_leaves_no_trace()
    {
        await using IConnector connector = Create("""{"path":"out/audit.jsonl"}""");

        await connector.ProbeAsync(Cancelled);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_cancelled_send_writes_nothing()
    {
        await using IConnector connector = Create("""{"path":"audit.jsonl"}""");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await connector.SendAsync(TestBatch.OfBody("{}\n"), new CancellationToken(canceled: true)));

        Assert.False(System.IO.File.Exists(_folder["audit.jsonl"]));
    }

    [Fact]
    public async Task Dispose_works_twice_and_without_a_start()
    {
        IConnector connector = Create("""{"path":"audit.jsonl"}""");

        await connector.DisposeAsync();
        await connector.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"path":"out/"}""", "path")]
    [InlineData("""{"path":""}""", "path")]
    [InlineData("""{"path":"a","rotate_bytes":"12 apples"}""", "rotate_bytes")]
    [InlineData("""{"path":"a","rotate_bytes":"0"}""", "rotate_bytes")]
    [InlineData("""{"path":"a","rotate_bytes":true}""", "rotate_bytes")]
    [InlineData("""{"path":"a","rotate_every":"weekly"}""", "rotate_every")]
    [InlineData("""{"path":"a","keep_files":-1}""", "keep_files")]
    [InlineData("""{"path":"a","keep_days":-1}""", "keep_days")]
    [InlineData("""{"path":"a","pth":"b"}""", "pth")]
    public void Settings_that_cannot_work_are_named(string settings, string name)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Create(settings));

        Assert.Equal(name, exception.Setting);
        Assert.NotEmpty(exception.Message);
    }

    [Theory]
    [InlineData("100MiB")]
    [InlineData("104857600")]
    [InlineData("2 GB")]
    public void Sizes_are_taken_as_people_write_them(string size)
    {
        Assert.NotNull(Create($$"""{"path":"a","rotate_bytes":"{{size}}","rotate_every":"hourly","keep_files":3,"fsync":false}"""));
    }

    [Fact]
    public void Settings_left_out_have_their_defaults()
    {
        FileSettings settings = JsonSerializer.Deserialize("""{"path":"a"}""", SettingsContext.Default.FileSettings)!;

        RotatingFileOptions options = settings.ToOptions(_context);

        Assert.Equal(new RotatingFileOptions(_folder["a"]), options);
        Assert.True(options.Sync);
    }

    [Fact]
    public void A_size_may_be_a_number()
    {
        Assert.NotNull(Create("""{"path":"a","rotate_bytes":1048576}"""));
    }

    [Fact]
    public void Every_setting_is_described_in_the_schema()
    {
        using JsonDocument schema = JsonDocument.Parse(new FileFactory().SettingsSchema);

        foreach (JsonProperty property in schema.RootElement.GetProperty("properties").EnumerateObject())
            Assert.True(property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("description", out _), property.Name);
    }

    [Fact]
    public void Endpoint_is_the_file_as_the_site_names_it()
    {
        var factory = new FileFactory();

        Assert.Equal("file:///var/log/audit.jsonl", Assert.Single(factory.Endpoints("""{"path":"/var/log/audit.jsonl"}"""u8.ToArray())).AbsoluteUri);
        Uri relative = Assert.Single(factory.Endpoints("""{"path":"out/a:b #1.jsonl"}"""u8.ToArray()));
        Assert.False(relative.IsAbsoluteUri);
        Assert.Equal("./out/a:b #1.jsonl", relative.OriginalString);
    }

    private IConnector Create(string settings) => new FileFactory().Create(Encoding.UTF8.GetBytes(settings), _context);

    /// <summary>A file system of 1 MiB, with a file on it that can be emptied to make room.</summary>
    private sealed class TinyDisk : IDisposable
    {
        private readonly string _path;

        private TinyDisk(string path) => _path = path;

        public static TinyDisk Mount(string directory)
        {
            string path = Path.Combine(directory, "disk");
            Directory.CreateDirectory(path);
            Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path), "A tmpfs cannot be mounted here; it takes root.");
            System.IO.File.WriteAllBytes(Path.Combine(path, "ballast"), new byte[200_000]);
            return new TinyDisk(path);
        }

        public void Dispose() => Run("umount", "-l", _path);

        private static bool Run(string command, params string[] arguments)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}

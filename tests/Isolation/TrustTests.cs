using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Plugins.Trust;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Plugins;

/// <summary>Only what somebody vouches for is loaded, and it is those very bytes.</summary>
[Promise("G13")]
public sealed class TrustTests : IDisposable
{
    private readonly PluginDirectories _directories = new();

    public void Dispose() => _directories.Dispose();

    [Fact]
    public void Folder_that_nobody_vouches_for_is_listed_and_none_of_its_code_runs()
    {
        _directories.Place("ThrowsInConstructor");
        using PluginCatalogue catalogue = _directories.LoadAsTrusted();

        PluginDescription found = Assert.Single(catalogue.Plugins);
        Assert.Equal(PluginStatus.Untrusted, found.Status);
        Assert.Equal(("ThrowsInConstructor", "1.0.0", null), (found.Name, found.Version, found.TrustedBy));
        Assert.Equal(
            $"{_directories.LockFile} does not list ThrowsInConstructor. Where you know who made it, run 'audithost plugins trust ThrowsInConstructor'.", found.Reason);
    }

    [Fact]
    public void Folder_that_is_listed_as_it_is_serves()
    {
        _directories.Place("Good");
        _directories.Trust("Good");
        using PluginCatalogue catalogue = _directories.LoadAsTrusted();

        Assert.Equal((PluginStatus.Loaded, "lock file"), (catalogue.Plugins[0].Status, catalogue.Plugins[0].TrustedBy));
    }

    [Theory]
    [InlineData("Good.dll")]
    [InlineData("Good.deps.json")]
    [InlineData("AuditHost.PluginKit.dll")]
    public void One_flipped_bit_in_any_file_is_noticed(string name)
    {
        string path = Path.Combine(_directories.Place("Good"), name);
        _directories.Trust("Good");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        AssertUntrusted($"The folder differs from what {_directories.LockFile} lists: {name} is changed. Where that is a version you want, run 'audithost plugins trust Good'.");
    }

    [Fact]
    public void New_and_missing_files_are_named_up_to_a_few()
    {
        string folder = _directories.Place("Good");
        _directories.Trust("Good");
        File.Delete(Path.Combine(folder, "Good.pdb"));
        foreach (int number in Enumerable.Range(1, 6))
            File.WriteAllText(Path.Combine(folder, $"extra{number}.dll"), "Not listed.");

        AssertUntrusted($"The folder differs from what {_directories.LockFile} lists: extra1.dll is new, extra2.dll is new, extra3.dll is new, extra4.dll is new, extra5.dll is new and 2 more. "
            + "Where that is a version you want, run 'audithost plugins trust Good'.");
    }

    [Fact]
    public void Native_library_that_is_changed_is_refused_like_any_other_file()
    {
        string folder = _directories.Place("Native");
        _directories.Trust("Native");
        File.AppendAllText(Path.Combine(folder, "runtimes", "linux-x64", "native", "libe_sqlite3.so"), "!");

        using PluginCatalogue catalogue = _directories.LoadAsTrusted();
        Assert.Contains("runtimes/linux-x64/native/libe_sqlite3.so is changed", Assert.Single(catalogue.Plugins).Reason);
    }

    [Fact]
    public void Built_in_folder_is_vouched_for_by_the_build_and_none_that_is_dropped_beside()
    {
        PluginDirectories.Place("Good", _directories.BuiltIn);
        PluginDirectories.Copy(PluginDirectories.Built("OldNewtonsoft"), Path.Combine(_directories.BuiltIn, "OldNewtonsoft"));
        using PluginCatalogue catalogue = _directories.LoadAsTrusted();

        Assert.Equal((PluginStatus.Loaded, "built-in"), (catalogue.Plugins[0].Status, catalogue.Plugins[0].TrustedBy));
        Assert.Equal(PluginStatus.Untrusted, catalogue.Plugins[1].Status);
        Assert.Contains("There is no OldNewtonsoft.sha256 beside", catalogue.Plugins[1].Reason);
    }

    [Fact]
    public void Built_in_file_that_is_changed_is_refused()
    {
        File.AppendAllText(Path.Combine(PluginDirectories.Place("Good", _directories.BuiltIn), "Good.pdb"), "!");

        AssertUntrusted("The folder differs from what came with the host: Good.pdb is changed. Install the host again.");
    }

    [Fact]
    public async Task Bytes_that_were_summed_are_the_bytes_that_are_loaded_whatever_is_swapped_meanwhile()
    {
        // Both are good plugins, and only the first is trusted: what is loaded must never be the second.
        string folder = _directories.Place("Recorder");
        _directories.Trust("Recorder");
        string path = Path.Combine(folder, "Recorder.dll");
        byte[] trusted = File.ReadAllBytes(path);
        byte[] other = File.ReadAllBytes(Path.Combine(PluginDirectories.BuiltNext("Recorder"), "Recorder.dll"));
        using var enough = new CancellationTokenSource();
        Task swapping = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                File.WriteAllBytes(path, other);
                File.WriteAllBytes(path, trusted);
            }
        }, TestContext.Current.CancellationToken);

        int refused = 0;
        for (int round = 0; round < 1000; round++)
        {
            using PluginCatalogue catalogue = _directories.LoadAsTrusted();
            PluginDescription plugin = Assert.Single(catalogue.Plugins);
            if (plugin.Status == PluginStatus.Loaded)
                Assert.Equal(1, catalogue.Connectors.Single().GetType().Assembly.GetName().Version!.Major);
            else
                refused++;
        }

        enough.Cancel();
        await swapping;
        Assert.NotEqual(0, refused);
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    public void Folder_that_a_publisher_signed_serves_in_every_version(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        PluginOptions options = Publisher(key);
        string folder = _directories.Place("Recorder");
        Sign(folder, key);
        AssertLoaded("1.0.0");

        PluginDirectories.Copy(PluginDirectories.BuiltNext("Recorder"), folder);
        Sign(folder, key);
        AssertLoaded("2.0.0");

        void AssertLoaded(string version)
        {
            using PluginCatalogue catalogue = PluginCatalogue.Load(_directories.BuiltIn, options, NullLogger.Instance);
            PluginDescription plugin = Assert.Single(catalogue.Plugins);
            Assert.Equal((PluginStatus.Loaded, version, "publisher acme"), (plugin.Status, plugin.Version, plugin.TrustedBy));
        }
    }

    [Fact]
    public void Signature_that_openssl_made_is_taken()
    {
        string keyFile = Path.Combine(_directories.Site, "..", "key.pem");
        string publicFile = Path.Combine(_directories.Site, "..", "acme.pem");
        string folder = _directories.Place("Good");
        Run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", keyFile);
        Run("openssl", "pkey", "-in", keyFile, "-pubout", "-out", publicFile);
        Run("bash", "-c", $"cd '{folder}' && find . -type f | xargs sha256sum > ../sums && mv ../sums SHA256SUMS");
        Run("openssl", "dgst", "-sha256", "-sign", keyFile, "-out", Path.Combine(folder, "SHA256SUMS.sig"), Path.Combine(folder, "SHA256SUMS"));

        using PluginCatalogue catalogue = PluginCatalogue.Load(_directories.BuiltIn, _directories.Options with { Publishers = [publicFile] }, NullLogger.Instance);
        Assert.Equal("publisher acme", Assert.Single(catalogue.Plugins).TrustedBy);
    }

    [Fact]
    public void Signature_of_somebody_else_or_of_another_list_is_no_voucher()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PluginOptions options = Publisher(key);
        string folder = _directories.Place("Good");
        Sign(folder, stranger);
        Assert.Contains("does not list Good", Refused());

        Sign(folder, key);
        File.AppendAllText(Path.Combine(folder, "SHA256SUMS"), $"{new string('0', 64)}  extra.dll\n");
        Assert.Contains("does not list Good", Refused());

        Sign(folder, key);
        File.WriteAllText(Path.Combine(folder, "extra.dll"), "Not signed.");
        Assert.Equal("The folder differs from what acme signed: extra.dll is new. Get it from its publisher again.", Refused());

        string Refused()
        {
            using PluginCatalogue catalogue = PluginCatalogue.Load(_directories.BuiltIn, options, NullLogger.Instance);
            PluginDescription plugin = Assert.Single(catalogue.Plugins);
            Assert.Equal(PluginStatus.Untrusted, plugin.Status);
            return plugin.Reason!;
        }
    }

    [Fact]
    public void Key_that_is_none_of_a_publisher_is_refused_by_name()
    {
        _directories.Place("Good");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        Assert.Contains("private key, which stays with the publisher", Refused(key.ExportECPrivateKeyPem()));
        Assert.Contains("no public key of ECDSA", Refused(rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Contains("no public key of ECDSA", Refused("nonsense"));

        string Refused(string pem)
        {
            string file = Path.Combine(_directories.Site, "..", "acme.pem");
            File.WriteAllText(file, pem);
            using PluginCatalogue catalogue = PluginCatalogue.Load(_directories.BuiltIn, _directories.Options with { Publishers = [file] }, NullLogger.Instance);
            return Assert.Single(catalogue.Plugins).Reason!;
        }
    }

    [Fact]
    public void Lock_file_is_one_that_coreutils_check()
    {
        _directories.Place("Good");
        _directories.Place("Native");
        _directories.Trust("Good");
        _directories.Trust("Native");

        Run("bash", "-c", $"cd '{_directories.Site}' && sha256sum --check --strict --quiet '{_directories.LockFile}'");
    }

    [Theory]
    [InlineData("abc  Good/Good.dll", ":1: a line has 64 hexadecimal digits, two spaces and a path, as sha256sum writes it.")]
    [InlineData("# remark\n\n{0}  Good/../Bad/Bad.dll", ":3: 'Good/../Bad/Bad.dll' leads out of the folder.")]
    [InlineData("{0}  Good/a\n{0}  Good/a", ":2: 'Good/a' is listed twice.")]
    [InlineData("{0}  stray.dll", "'stray.dll' is a file beside the plugin folders; each path begins with its plugin's folder.")]
    public void Lock_file_with_a_wrong_line_vouches_for_nothing_and_names_the_line(string text, string reason)
    {
        _directories.Place("Good");
        File.WriteAllText(_directories.LockFile, text.Replace("{0}", new string('0', 64), StringComparison.Ordinal));

        using PluginCatalogue catalogue = _directories.LoadAsTrusted();
        PluginDescription plugin = Assert.Single(catalogue.Plugins);
        Assert.Equal(PluginStatus.Untrusted, plugin.Status);
        Assert.EndsWith(reason, plugin.Reason);
    }

    [Fact]
    public void Lock_file_that_others_can_write_vouches_for_nothing()
    {
        _directories.Place("Good");
        _directories.Trust("Good");
        PluginDirectories.LetEverybodyWrite(_directories.LockFile);

        AssertUntrusted($"{_directories.LockFile} can be written by others than its owner, who could have any plugin loaded. chmod go-w it.");
    }

    [Fact]
    public void Trust_is_taken_back()
    {
        _directories.Place("Good");
        _directories.Trust("Good");
        var locked = PluginLock.Read(_directories.LockFile);
        Assert.True(locked.Distrust("Good"));
        Assert.False(locked.Distrust("Good"));

        using PluginCatalogue catalogue = _directories.LoadAsTrusted();
        Assert.Equal(PluginStatus.Untrusted, Assert.Single(catalogue.Plugins).Status);
    }

    [Fact]
    public void Copies_that_a_killed_process_left_are_swept_and_those_in_use_are_not()
    {
        DirectoryInfo left = Directory.CreateTempSubdirectory("audithost-plugins-");
        File.WriteAllText(Path.Combine(left.FullName, ".lock"), string.Empty);
        _directories.Place("Good");
        using PluginCatalogue catalogue = _directories.Load();
        string copy = catalogue.Set.Plugins[0].Copy.Root;
        using PluginCatalogue another = _directories.Load();

        Assert.False(left.Exists && Directory.Exists(left.FullName));
        Assert.True(Directory.Exists(copy));
    }

    private PluginOptions Publisher(ECDsa key)
    {
        string file = Path.Combine(_directories.Site, "..", "acme.pem");
        File.WriteAllText(file, key.ExportSubjectPublicKeyInfoPem());
        return _directories.Options with { Publishers = [file] };
    }

    private static void Sign(string folder, ECDsa key)
    {
        string list = Path.Combine(folder, "SHA256SUMS");
        string signature = Path.Combine(folder, "SHA256SUMS.sig");
        File.Delete(list);
        File.Delete(signature);
        byte[] text = Encoding.UTF8.GetBytes(SumFile.Format(FolderSums.Of(new PluginFolder(folder, BuiltIn: false))));
        File.WriteAllBytes(list, text);
        File.WriteAllBytes(signature, key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }

    private void AssertUntrusted(string reason)
    {
        using PluginCatalogue catalogue = _directories.LoadAsTrusted();

        PluginDescription plugin = Assert.Single(catalogue.Plugins);
        Assert.Equal((PluginStatus.Untrusted, reason), (plugin.Status, plugin.Reason));
        Assert.Empty(catalogue.Connectors);
    }
}

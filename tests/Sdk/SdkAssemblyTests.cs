using System.Reflection;
using System.Xml.Linq;

namespace AuditHost.Sdk;

/// <summary>The identity of the contract's assembly, and what it drags into every plugin.</summary>
public sealed class SdkAssemblyTests
{
    private static readonly Assembly SdkAssembly = typeof(IConnector).Assembly;

    [Fact]
    public void Assembly_version_stays_that_of_the_major()
    {
        Assert.Equal(new Version(1, 0, 0, 0), SdkAssembly.GetName().Version);
    }

    [Fact]
    public void Stamp_of_plugins_is_the_version_of_the_sdk()
    {
        XDocument props = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "AuditHost.Sdk.props"));
        string informational = SdkAssembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.StartsWith(props.Descendants("AuditHostSdkVersion").Single().Value + ".", informational, StringComparison.Ordinal);
    }

    [Fact]
    public void References_are_few_and_of_the_base_class_library()
    {
        string[] allowed =
        [
            "System.Collections", "System.Diagnostics.Tracing", "System.Memory", "System.Net.Http", "System.Net.Primitives", "System.Net.Security", "System.Net.Sockets",
            "System.Runtime", "System.Security.Cryptography", "System.Text.Encoding.Extensions",
        ];
        Assert.Empty(SdkAssembly.GetReferencedAssemblies().Select(reference => reference.Name).Except(allowed));
    }

    [Fact]
    public void Closure_leaves_plugins_their_own_json_and_extensions()
    {
        // Every assembly in the closure is shared, so a plugin could not bring another version of it.
        string[] closure = [.. Closure().Order(StringComparer.Ordinal)];

        Assert.Contains("System.Net.Http", closure);
        Assert.DoesNotContain(closure, name => name.StartsWith("System.Text.Json", StringComparison.Ordinal));
        Assert.DoesNotContain(closure, name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));
        Assert.DoesNotContain(closure, name => name.StartsWith("AuditHost.", StringComparison.Ordinal) && name != "AuditHost.Sdk");
    }

    private static HashSet<string> Closure()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<Assembly>([SdkAssembly]);
        while (pending.TryPop(out Assembly? assembly))
        {
            if (!names.Add(assembly.GetName().Name!))
                continue;
            foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
                pending.Push(Assembly.Load(reference));
        }

        return names;
    }
}

using System.Reflection;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>Creates the factories that an assembly announces, and asks them all that the host will ever read from them.</summary>
internal static class PluginFactories
{
    /// <exception cref="PluginRefusedException">One of them cannot be used.</exception>
    public static IReadOnlyList<PluginFactory> Create(Assembly assembly)
    {
        try
        {
            return [.. assembly.GetCustomAttributes<PluginAttribute>().Select(attribute => Create(attribute.Factory))];
        }
        catch (Exception exception) when (MissingAssembly(exception) is { } name)
        {
            throw PluginFolder.MissingAssembly(name);
        }
        catch (TypeLoadException exception)
        {
            throw new PluginRefusedException($"A factory named by [assembly: Plugin] cannot be loaded: {FirstLine(exception)} Publish the plugin again.");
        }
    }

    private static PluginFactory Create(Type type)
    {
        if (!type.IsSubclassOf(typeof(ConnectorFactory)) && !type.IsSubclassOf(typeof(FormatterFactory)))
            throw Unusable(type, "is neither a ConnectorFactory nor a FormatterFactory. Derive it from one of them.");
        if (!type.IsVisible)
            throw Unusable(type, "is not public. Make it public.");
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is not { } constructor)
            throw Unusable(type, "has no public constructor without parameters. Add one.");
        try
        {
            var factory = (PluginFactory)constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null);
            Check(factory);
            return factory;
        }
        catch (Exception exception) when (exception is not PluginRefusedException && MissingAssembly(exception) is null)
        {
            throw Unusable(type, $"fails with {exception.GetType().Name}: {FirstLine(exception)} Its constructor and its schema must work without settings.");
        }
    }

    private static void Check(PluginFactory factory)
    {
        if (!TypeName.IsValid(factory.Type))
            throw new PluginRefusedException($"The type '{factory.Type}' is not in lower_snake_case. Rename it to match [a-z][a-z0-9]*(_[a-z0-9]+)*.");
        if (factory is ConnectorFactory { Info: { } info } && (info.MaxConcurrency < 1 || info.MaxBatchEvents < 1 || info.MaxBatchBytes < 1))
            throw new PluginRefusedException($"'{factory.Type}' has a limit below 1. Set MaxConcurrency, MaxBatchEvents and MaxBatchBytes to what the destination takes.");
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        if (schema.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.True))
            throw new PluginRefusedException($"The settings schema of '{factory.Type}' is not a JSON schema. Return an object.");
    }

    private static PluginRefusedException Unusable(Type type, string problem) => new($"The factory {type.FullName} {problem}");

    /// <summary>The simple name of the assembly whose absence is behind an exception.</summary>
    private static string? MissingAssembly(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is FileNotFoundException { FileName: { } name } && name.Contains(", Version=", StringComparison.Ordinal))
                return name.Split(',')[0];
        }

        return null;
    }

    private static string FirstLine(Exception exception)
    {
        string line = exception.Message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}

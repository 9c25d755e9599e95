using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace AuditHost.Sdk.Testing;

/// <summary>The rules that hold for every formatter, as tests. Derive a class from this one and give it the factory and settings.</summary>
public abstract class FormatterConformance
{
    private const int Threads = 4;
    private const int Rounds = 5;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The format's own keys as a JSON object. None unless overridden.</summary>
    protected virtual string Settings => "{}";

    /// <summary>Makes the factory that is tested, a new one each time.</summary>
    protected abstract FormatterFactory CreateFactory();

    /// <summary>Name, constructor and schema are such that a host loads the plugin.</summary>
    [Fact]
    public void Factory_is_one_that_a_host_takes() => FactoryCheck.Check(CreateFactory());

    /// <summary>Every setting is described, and a key that is none is refused by name.</summary>
    [Fact]
    public void Settings_are_described_and_unknown_ones_refused()
    {
        FormatterFactory factory = CreateFactory();
        FactoryCheck.CheckSchema(factory);
        using var context = new TestPluginContext(Path.GetTempPath());
        FactoryCheck.CheckUnknownKey(Settings, settings => factory.Create(settings, context));
    }

    /// <summary>Every event is written, or refused by a FormatException: whatever else is thrown is taken for a defect of the plugin.</summary>
    [Fact]
    public void Every_event_is_written_or_refused()
    {
        IEventFormatter formatter = Create();
        int written = SampleEvents.Json.Keys.Count(name => Format(formatter, name) is { Length: > 0 });
        Rule.Formats.Holds(written > 0, "Not one of the sample events can be written.", "Refuse only what the format cannot hold.");
        Rule.Formats.Holds(
            Format(formatter, SampleEvents.Json.Keys.First()) is { Length: > 0 },
            "An ordinary event is refused or leaves nothing.",
            "Refuse only what the format cannot hold.");
    }

    /// <summary>What is written is UTF-8, in one frame: no separator of its framing, and valid JSON where it says so.</summary>
    [Fact]
    public void Every_event_is_one_frame()
    {
        FormatterFactory factory = CreateFactory();
        IEventFormatter formatter = Create();
        foreach (string name in SampleEvents.Json.Keys)
        {
            if (Format(formatter, name) is not { } bytes)
                continue;
            CheckText(bytes, name);
            if (factory.Info.Framing == Framing.Newline)
                Rule.Formats.Holds(
                    !bytes.AsSpan().ContainsAny("\r\n"u8),
                    $"{name} leaves a line break in the line.",
                    "With Framing.Newline the receiver takes what follows for another event, which anybody could forge: escape it.");
            if (factory.Info.Framing == Framing.Nul)
                Rule.Formats.Holds(
                    !bytes.AsSpan().Contains((byte)0),
                    $"{name} leaves a NUL byte in the message.",
                    "With Framing.Nul it ends the event: escape it.");
            if (factory.Info.Framing == Framing.JsonArray || formatter.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase))
                CheckJson(bytes, name);
        }
    }

    /// <summary>The same event gives the same bytes each time, in any buffer and beside other threads.</summary>
    [Fact]
    public async Task Same_event_gives_the_same_bytes()
    {
        IEventFormatter formatter = Create();
        string[] names = [.. SampleEvents.Json.Keys];
        byte[]?[] expected = [.. names.Select(name => Format(formatter, name))];
        byte[]?[] strict = [.. names.Select(name => FormatStrictly(formatter, name))];
        for (int index = 0; index < names.Length; index++)
            CheckSame(expected[index], strict[index], names[index], "in a buffer that gives exactly what it is asked for");
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int round = 0; round < Rounds * names.Length; round++)
            {
                int index = (round + (thread * 5)) % names.Length;
                CheckSame(expected[index], Format(formatter, names[index]), names[index], "beside other threads");
            }
        })));
    }

    /// <summary>Loaded as the host loads it and used, the plugin leaves the process.</summary>
    [Fact]
    public async Task Plugin_unloads()
    {
        if (CreateFactory().Info.PinnedBy is not null)
            return;
        Type factory = CreateFactory().GetType();
        Rule.Leaving.Holds(
            await Unloading.IsCollectedAsync(Use(factory)),
            $"{factory.Assembly.GetName().Name} stays in memory after it was unloaded.",
            Unloading.Remedy);
    }

    private static void CheckSame(byte[]? expected, byte[]? actual, string name, string where) => Rule.Formats.Holds(
        expected is null ? actual is null : actual is not null && expected.AsSpan().SequenceEqual(actual),
        $"{name} gives other bytes {where}.",
        "One instance serves many threads: keep nothing about an event in a field, and take neither clock nor chance into the text.");

    private static void CheckText(byte[] bytes, string name)
    {
        try
        {
            Utf8.GetCharCount(bytes);
        }
        catch (DecoderFallbackException)
        {
            Rule.Formats.Broken(
                $"{name} leaves bytes that are no UTF-8.",
                "Decode with EventValue.CopyTo and write UTF-8; what cannot be written is a FormatException.");
        }
    }

    private static void CheckJson(byte[] bytes, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
        }
        catch (JsonException exception)
        {
            Rule.Formats.Broken($"{name} is no JSON: {exception.Message}", "Write values through Utf8JsonWriter, or as they were received.");
        }
    }

    private static byte[]? Format(IEventFormatter formatter, string name)
    {
        var output = new ArrayBufferWriter<byte>();
        return TryFormat(formatter, name, output) ? output.WrittenSpan.ToArray() : null;
    }

    private static byte[]? FormatStrictly(IEventFormatter formatter, string name)
    {
        var output = new StrictBuffer();
        return TryFormat(formatter, name, output) ? output.ToArray() : null;
    }

    private static bool TryFormat(IEventFormatter formatter, string name, IBufferWriter<byte> output)
    {
        try
        {
            formatter.Format(SampleEvents.Parse(name), output);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Rule.Formats.Broken(
                $"{name} ends in {exception.GetType().Name}: {exception.Message}",
                "Write every event that a host can receive, or refuse it with a FormatException.");
            return false;
        }
    }

    // In a method of its own, so that no local of the test keeps the plugin.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Use(Type type)
    {
        var plugin = PluginLoadContext.Load(type);
        using var context = new TestPluginContext(Path.GetTempPath());
        IEventFormatter formatter = ((FormatterFactory)plugin.CreateFactory()).Create(Encoding.UTF8.GetBytes(Settings), context);
        Format(formatter, SampleEvents.Json.Keys.First());
        plugin.Unload();
        return new WeakReference(plugin);
    }

    private IEventFormatter Create() => CreateFactory().Create(Encoding.UTF8.GetBytes(Settings), new TestPluginContext(Path.GetTempPath()));
}

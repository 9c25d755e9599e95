using System.Net;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads the root key <c>host</c>.</summary>
internal static class HostBinder
{
    private const int ShortestToken = 32;

    /// <summary>A body's buffer doubles as it grows, and its events are indexed beside it.</summary>
    private const int MemoryPerByte = 4;

    public static HostOptions Bind(Section? host, string baseDirectory)
    {
        var defaults = new HostOptions
        {
            DataDirectory = Path.Combine(baseDirectory, "data"),
            TemplateDirectory = DefaultTemplateDirectory(baseDirectory),
            Sources = [new HttpSourceOptions()],
        };
        if (host is null)
            return defaults;
        return new HostOptions
        {
            DataDirectory = host.GetPath(HostKeys.DataDirectory) ?? defaults.DataDirectory,
            Plugins = PluginBinder.Bind(host, baseDirectory),
            TemplateDirectory = host.GetSection(HostKeys.Templates) is { } templates ? BindTemplates(templates, defaults) : defaults.TemplateDirectory,
            Http = host.GetSection(HostKeys.Http) is { } http ? BindHttp(http) : defaults.Http,
            Sources = host.Find(HostKeys.Sources) is null ? defaults.Sources : SourceBinder.Bind(host),
            Journal = host.GetSection(HostKeys.Journal) is { } journal ? BindJournal(journal) : defaults.Journal,
            DeadLetters = host.GetSection(HostKeys.DeadLetters) is { } letters ? BindDeadLetters(letters) : defaults.DeadLetters,
            Deduplication = host.GetSection(HostKeys.Deduplication) is { } deduplication ? BindDeduplication(deduplication) : defaults.Deduplication,
            ShutdownGrace = host.Get(HostKeys.ShutdownGrace, defaults.ShutdownGrace),
        };
    }

    /// <summary>Where a site's templates lie unless it says otherwise.</summary>
    public static string DefaultTemplateDirectory(string baseDirectory) => Path.Combine(baseDirectory, "templates");

    private static string BindTemplates(Section templates, HostOptions defaults)
    {
        if (templates.GetPath(HostKeys.TemplateDirectory) is not { } folder)
            return defaults.TemplateDirectory;
        if (!Directory.Exists(folder))
            templates.Error(HostKeys.TemplateDirectory, $"there is no folder {folder}; make it, or leave the key out");
        return folder;
    }

    private static HttpListenerOptions BindHttp(Section http)
    {
        var defaults = new HttpListenerOptions();
        Section? tls = http.GetSection(HttpKeys.Tls);
        var options = new HttpListenerOptions
        {
            Listen = http.Get(HttpKeys.Listen, defaults.Listen),
            CertificatePath = tls?.GetFile(HttpKeys.CertificatePath),
            KeyPath = tls?.GetFile(HttpKeys.KeyPath),
            Tokens = http.GetList(HttpKeys.Tokens) ?? [],
            MaxBodyBytes = http.Get(HttpKeys.MaxBodyBytes, defaults.MaxBodyBytes),
            MaxDecompressedBytes = http.Get(HttpKeys.MaxDecompressedBytes, defaults.MaxDecompressedBytes),
            MaxEventBytes = (int)http.Get(HttpKeys.MaxEventBytes, defaults.MaxEventBytes),
            MaxBufferedBytes = http.Get(HttpKeys.MaxBufferedBytes, defaults.MaxBufferedBytes),
            MaxConnections = http.Get(HttpKeys.MaxConnections, defaults.MaxConnections),
            MaxConnectionsPerPeer = http.Get(HttpKeys.MaxConnectionsPerPeer, defaults.MaxConnectionsPerPeer),
        };
        long largest = Math.Max(options.MaxBodyBytes, options.MaxDecompressedBytes);
        if (options.MaxBufferedBytes < MemoryPerByte * largest)
            http.Error(
                HttpKeys.MaxBufferedBytes,
                $"a request of {largest} bytes would never find room; max_buffered_bytes must be at least {MemoryPerByte} times max_body_bytes and max_decompressed_bytes");
        if (options.Tokens.Any(token => token.Length < ShortestToken))
            http.Error(HttpKeys.Tokens, $"a token has fewer than {ShortestToken} characters and could be guessed; try openssl rand -hex 32");
        CheckExposure(http, options);
        return options;
    }

    private static void CheckExposure(Section http, HttpListenerOptions options)
    {
        if (IPAddress.IsLoopback(options.Listen.Address))
            return;
        bool hasTls = http.Find(HttpKeys.Tls) is not null;
        bool hasToken = http.Find(HttpKeys.Tokens) is not null && options.Tokens.Count > 0;
        string missing = (hasTls, hasToken) switch
        {
            (false, false) => "tls and tokens",
            (false, true) => "tls",
            (true, false) => "tokens",
            _ => string.Empty,
        };
        if (missing.Length > 0)
            http.Error(HttpKeys.Listen, $"another address than loopback needs TLS and a token; add {missing} to host.http, or listen on 127.0.0.1");
    }

    private static DeduplicationOptions BindDeduplication(Section section)
    {
        var defaults = new DeduplicationOptions();
        return new DeduplicationOptions
        {
            Window = section.Get(HostKeys.DeduplicationWindow, defaults.Window),
            MaxEvents = section.Get(HostKeys.DeduplicationMaxEvents, defaults.MaxEvents),
        };
    }

    private static DeadLetterOptions BindDeadLetters(Section section)
    {
        var defaults = new DeadLetterOptions();
        return new DeadLetterOptions
        {
            MaxBytes = section.Get(DeadLetterKeys.MaxBytes, defaults.MaxBytes),
            OnFull = section.Get(DeadLetterKeys.OnFull, defaults.OnFull),
        };
    }

    private static JournalOptions BindJournal(Section journal)
    {
        var defaults = new JournalOptions();
        journal.Get(JournalKeys.Type, JournalKeys.Embedded);
        var options = new JournalOptions
        {
            MaxBytes = journal.Get(JournalKeys.MaxBytes, defaults.MaxBytes),
            Retain = journal.Get(JournalKeys.Retain, defaults.Retain),
            SegmentBytes = (int)journal.Get(JournalKeys.SegmentBytes, defaults.SegmentBytes),
            ReserveBytes = journal.Get(JournalKeys.ReserveBytes, defaults.ReserveBytes),
            TailBytes = (int)journal.Get(JournalKeys.TailBytes, defaults.TailBytes),
            Scrub = journal.Get(JournalKeys.Scrub, defaults.Scrub),
        };
        if (options.MaxBytes < 2L * options.SegmentBytes)
        {
            string segment = UnitValue.FormatSize(options.SegmentBytes);
            string least = UnitValue.FormatSize(2L * options.SegmentBytes);
            journal.Error(JournalKeys.MaxBytes, $"must hold two segments at least; with segment_bytes of {segment} that is {least}");
        }

        return options;
    }
}

using System.Diagnostics.Tracing;
using System.Security.Cryptography;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>
/// Both sides prove that they know the shared key, without saying it (Forward protocol specification v1, "Handshake"; what Fluentd does in
/// <c>in_forward</c> and <c>out_forward</c>). It protects nothing that follows: that is for TLS.
/// </summary>
internal sealed class Handshake
{
    private const int SaltBytes = 16;

    private readonly byte[] _key;
    private readonly byte[] _hostname;
    private readonly byte[] _username;
    private readonly byte[] _password;
    private readonly PluginContext _context;
    private bool _saidThatNobodyGreets;

    private Handshake(FluentdSettings settings, PluginContext context)
    {
        _key = Encoding.UTF8.GetBytes(settings.SharedKey!);
        _hostname = Encoding.UTF8.GetBytes(settings.Hostname ?? "audithost-" + Environment.MachineName);
        _username = Encoding.UTF8.GetBytes(settings.Username ?? string.Empty);
        _password = Encoding.UTF8.GetBytes(settings.Password ?? string.Empty);
        _context = context;
    }

    /// <summary>The handshake that the settings ask for; <see langword="null"/> for none.</summary>
    /// <exception cref="SettingsException">They cannot work.</exception>
    public static Handshake? Create(FluentdSettings settings, PluginContext context)
    {
        RefuseEmpty("shared_key", settings.SharedKey);
        RefuseEmpty("username", settings.Username);
        RefuseEmpty("password", settings.Password);
        RefuseEmpty("hostname", settings.Hostname);
        if (settings.Username is null != settings.Password is null)
            throw new SettingsException(settings.Username is null ? "username" : "password", "Missing. Give both username and password, or neither");
        if (settings.SharedKey is not null)
            return new Handshake(settings, context);
        if (settings.Username is not null || settings.Hostname is not null)
            throw new SettingsException(settings.Username is null ? "hostname" : "username", "Has no effect without shared_key. Add the shared key of the input's <security>, or leave this out");
        return null;
    }

    /// <summary>The digest by which one side proves that it knows the shared key, in lower-case hexadecimal.</summary>
    public static byte[] KeyDigest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hostname, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) =>
        Digest([.. salt, .. hostname, .. nonce, .. key]);

    /// <summary>The digest by which a user proves the password, in lower-case hexadecimal.</summary>
    public static byte[] PasswordDigest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> username, ReadOnlySpan<byte> password) =>
        Digest([.. salt, .. username, .. password]);

    /// <summary>Greets a server and has it prove itself.</summary>
    /// <exception cref="RefusedGreetingException">One of both refuses the other.</exception>
    /// <exception cref="IOException">The connection broke, or the server speaks another protocol.</exception>
    public async ValueTask GreetAsync(AnsweredStream stream, CancellationToken cancellationToken)
    {
        HeloMessage greeting = await ReadGreetingAsync(stream, cancellationToken).ConfigureAwait(false);
        if (greeting.Salt.Length > 0 && _username.Length == 0)
            throw new RefusedGreetingException("The input asks for a user. Add username and password.");
        byte[] salt = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)));
        using (var ping = new MessagePackBuffer())
        {
            WritePing(greeting, salt, ping);
            await stream.WriteAsync(ping.Written, cancellationToken).ConfigureAwait(false);
        }

        if (await ServerMessage.TakeAsync(stream, cancellationToken).ConfigureAwait(false) is not PongMessage answer)
            throw new IOException("The receiver answers the greeting with something else than a PONG.");
        Check(answer, greeting, salt);
        stream.IsForOneMessage = !greeting.KeepsAlive;
    }

    private static void RefuseEmpty(string setting, string? value)
    {
        if (value is { Length: 0 })
            throw new SettingsException(setting, "Empty. Give it a value, or leave it out");
    }

    private static byte[] Digest(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA512.HashData(bytes)));

    private async ValueTask<HeloMessage> ReadGreetingAsync(AnsweredStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerMessage.TakeAsync(stream, cancellationToken).ConfigureAwait(false) as HeloMessage
                ?? throw new IOException("The receiver begins with something else than a greeting.");
        }
        catch (OperationCanceledException) when (stream.Received.IsEmpty && !_saidThatNobodyGreets)
        {
            _saidThatNobodyGreets = true;
            _context.Log(EventLevel.Warning, "The receiver did not greet before the deadline. If its input has no <security>, leave shared_key out.");
            throw;
        }
    }

    private void WritePing(HeloMessage greeting, byte[] salt, MessagePackBuffer ping)
    {
        bool asUser = greeting.Salt.Length > 0;
        ping.WriteByte(0x96);
        ping.WriteString("PING"u8);
        ping.WriteString(_hostname);
        ping.WriteString(salt);
        ping.WriteString(KeyDigest(salt, _hostname, greeting.Nonce, _key));
        ping.WriteString(asUser ? _username : []);
        ping.WriteString(asUser ? PasswordDigest(greeting.Salt, _username, _password) : []);
    }

    private void Check(PongMessage answer, HeloMessage greeting, byte[] salt)
    {
        if (!answer.IsWelcome)
            throw new RefusedGreetingException("The input refuses this host. Check shared_key, username and password.", ResponseText.Clean(Encoding.UTF8.GetBytes(answer.Reason)));
        if (answer.Hostname.AsSpan().SequenceEqual(_hostname))
            throw new RefusedGreetingException("The input has the name by which this host greets. Give it another hostname.");
        if (!CryptographicOperations.FixedTimeEquals(answer.Digest, KeyDigest(salt, answer.Hostname, greeting.Nonce, _key)))
            throw new RefusedGreetingException("The receiver does not know the shared key. Check shared_key, and whether the endpoint is the right one.");
    }
}

using System.Security.Cryptography;
using System.Text;

namespace AuditHost.Fakes.Fluentd;

/// <summary>The <c>security</c> section of a forward input.</summary>
public sealed record InputSecurity(string SharedKey)
{
    /// <summary>The input's own name.</summary>
    public string Hostname { get; init; } = "fluentd.example";

    /// <summary>Users and their passwords; none for an input without user_auth.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    public bool KeepAlive { get; init; } = true;

    /// <summary>Whether nonce and salt go as text, as old servers send them.</summary>
    public bool SendsText { get; init; }

    /// <summary>Whether it proves itself with a wrong key.</summary>
    public bool Pretends { get; init; }

    /// <summary>Whether it takes a client that has its own name, which Fluentd does not.</summary>
    public bool TakesItsOwnName { get; init; }

    /// <summary>Bytes that are no UTF-8: a client that decodes them gets the digests wrong.</summary>
    public byte[] Nonce { get; } = [0xFF, 0x80, .. RandomNumberGenerator.GetBytes(14)];

    public byte[] Salt { get; } = [0xFE, 0x81, .. RandomNumberGenerator.GetBytes(14)];

    public byte[] Greeting() => new MessagePackOutput().Array(2).Text("HELO").Map(3)
        .Text("nonce").Bytes(Nonce, SendsText)
        .Text("auth").Bytes(Users.Count > 0 ? Salt : [], SendsText)
        .Text("keepalive").Boolean(KeepAlive).ToArray();

    /// <summary>Reads the client's greeting and answers as Fluentd does.</summary>
    /// <exception cref="FormatException">It breaks a rule of the protocol.</exception>
    public (bool IsWelcome, byte[] Answer) Answer(MessagePackInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.ReadArray() != 6)
            throw new FormatException("A PING has six elements.");
        string[] ping = [.. Enumerable.Range(0, 6).Select(_ => input.ReadString())];
        if (ping[0] != "PING")
            throw new FormatException($"'{ping[0]}' came before the handshake.");
        string? refusal = Refusal(ping);
        string proof = Digest(ping[2], Hostname, Nonce, Pretends ? "another key" : SharedKey);
        return (refusal is null, new MessagePackOutput().Array(5).Text("PONG").Boolean(refusal is null).Text(refusal ?? string.Empty)
            .Text(Hostname).Text(refusal is null ? proof : string.Empty).ToArray());
    }

    private string? Refusal(string[] ping)
    {
        if (ping[1] == Hostname && !TakesItsOwnName)
            return "Same hostname between input and output: invalid configuration";
        if (ping[3] != Digest(ping[2], ping[1], Nonce, SharedKey))
            return "shared_key mismatch";
        if (Users.Count == 0)
            return ping[4].Length + ping[5].Length == 0 ? null : throw new FormatException("A user although none was asked for.");
        return Users.TryGetValue(ping[4], out string? password) && ping[5] == Hex([.. Salt, .. Encoding.UTF8.GetBytes(ping[4] + password)])
            ? null
            : "username/password mismatch";
    }

    private static string Digest(string salt, string hostname, byte[] nonce, string key) =>
        Hex([.. Encoding.UTF8.GetBytes(salt), .. Encoding.UTF8.GetBytes(hostname), .. nonce, .. Encoding.UTF8.GetBytes(key)]);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA512.HashData(bytes));
}

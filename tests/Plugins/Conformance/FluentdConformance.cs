using System.Text;
using AuditHost.Connectors.Fluentd;
using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A peer that greets, asks for a user and acknowledges.</summary>
public abstract class FluentdConformance : StreamConnectorConformance
{
    private static readonly InputSecurity Security =
        new("kit-shared-key-31c9") { Users = new Dictionary<string, string> { ["relay"] = "kit-password-8d2e" } };

    /// <summary>Settings besides the endpoint and the credentials.</summary>
    protected virtual string Further => string.Empty;

    protected override ConnectorFactory CreateFactory() => new FluentdFactory();

    protected override string Settings(Uri endpoint) =>
        $$"""{"endpoint":"{{endpoint}}","shared_key":"kit-shared-key-31c9","username":"relay","password":"kit-password-8d2e"{{Further}}}""";

    protected override Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? CreateAnswers() => new ForwardAnswers(Security).To;

    /// <summary>The client's greeting has a salt that is drawn each time; what counts is what follows.</summary>
    protected override string Understand(string received)
    {
        var input = new MessagePackInput(Encoding.Latin1.GetBytes(received));
        var text = new StringBuilder();
        try
        {
            input.Skip();
            while (!input.IsAtEnd)
            {
                ForwardMessage message = ForwardMessage.Read(input);
                foreach (FluentEvent one in message.ReadEvents())
                    text.Append($"{message.Chunk} {one.Tag} {one.Seconds}.{one.Nanoseconds} {one.Json}\n");
            }
        }
        catch (EndOfStreamException)
        {
            // The rest has not come, or never will.
        }

        return text.ToString();
    }
}

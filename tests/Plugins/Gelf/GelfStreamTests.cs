using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuditHost.Fakes.Graylog;
using AuditHost.Plugins.Tests.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Gelf;

public sealed class GelfStreamTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestCertificates _certificates;
    private readonly TestPluginContext _context;

    public GelfStreamTests()
    {
        _certificates = new TestCertificates(_folder.Path);
        _context = new TestPluginContext(authority: _certificates.Authority);
    }

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _context.Dispose();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_arrive_in_order_over_one_connection(bool tls)
    {
        using X509Certificate2? certificate = tls ? X509Certificate2.CreateFromPemFile(_certificates.CertificatePath, _certificates.KeyPath) : null;
        await using var input = new GelfTcpInput(certificate);
        await using IConnector connector = GelfTests.Create(_context, input.Address);
        await connector.StartAsync(Cancelled);

        Assert.True((await connector.SendAsync(GelfTests.Batch(200), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(GelfTests.Batch(1), Cancelled)).IsDelivered);
        IReadOnlyList<GelfMessage> messages = await input.Intake.NextAsync(201, Cancelled);

        Assert.Equal([.. Enumerable.Range(1, 200).Select(number => $"e-{number}"), "e-1"], messages.Select(message => message["_event_id"]));
        Assert.Equal(1, input.Connections);
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public async Task Each_message_ends_with_a_nul_byte_and_has_none_inside()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using IConnector connector = GelfTests.Create(_context, new Uri($"tcp://{listener.LocalEndpoint}"));
        await connector.StartAsync(Cancelled);
        using TcpClient peer = await listener.AcceptTcpClientAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("{\"a\":1}", "{\"b\0\":\n2}", ""), Cancelled);
        byte[] bytes = new byte[8 + 9];
        await peer.GetStream().ReadExactlyAsync(bytes, Cancelled);

        Assert.Equal("{\"a\":1}\0{\"b\":\n2}\0", Encoding.UTF8.GetString(bytes));
        Assert.Equal([(2, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task Connection_that_broke_is_opened_anew_and_nothing_is_lost()
    {
        await using var input = new GelfTcpInput();
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","replay_tail":3""");
        await connector.StartAsync(Cancelled);
        await connector.SendAsync(GelfTests.Batch(3), Cancelled);
        await input.Intake.NextAsync(3, Cancelled);

        input.ResetAll();
        bool isDelivered = false;
        for (int attempt = 0; attempt < 3 && !isDelivered; attempt++)
        {
            try
            {
                isDelivered = (await connector.SendAsync(GelfTests.Padded("p", number: 4), Cancelled)).IsDelivered;
            }
            catch (IOException)
            {
                // The write met the reset; the host would send again.
            }
        }

        // A write that the network took just before the reset showed is in the tail of the next one.
        Assert.True(isDelivered);
        await connector.SendAsync(GelfTests.Padded("p", number: 5), Cancelled);
        var seen = new HashSet<string?>();
        while (!seen.Contains("e-5"))
            seen.Add((await input.Intake.NextAsync(Cancelled))["_event_id"]);
        Assert.Contains("e-4", seen);
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public async Task Message_longer_than_the_input_takes_fails_alone()
    {
        await using var input = new GelfTcpInput { MaxBytes = 1000 };
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","max_message_bytes":1000""");

        DeliveryResult result = await connector.SendAsync(GelfTests.Padded(new string('p', 1000)), Cancelled);
        await connector.SendAsync(GelfTests.Batch(1), Cancelled);

        Assert.Equal([FailureKind.TooLarge], result.Failures!.Select(failure => failure.Kind));
        Assert.Equal("e-1", (await input.Intake.NextAsync(Cancelled))["_event_id"]);
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public async Task Input_that_is_away_fails_the_start_the_probe_and_the_send()
    {
        Uri address;
        await using (var input = new GelfTcpInput())
            address = input.Address;
        await using IConnector connector = GelfTests.Create(_context, address);

        await Assert.ThrowsAsync<IOException>(async () => await connector.StartAsync(Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await connector.ProbeAsync(Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(GelfTests.Batch(1), Cancelled));
    }
}

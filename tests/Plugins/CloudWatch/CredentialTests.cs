using AuditHost.Fakes.CloudWatch;
using AuditHost.Plugins.Tests.Conformance;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.CloudWatch;

[Collection(AwsEnvironment.Collection)]
public sealed class CredentialTests : CloudWatchTest
{
    public static TheoryData<string> All => CredentialSource.All;

    public static TheoryData<string> Temporary => CredentialSource.Temporary;

    /// <summary>In a load context of its own, since the SDK remembers endpoints for the life of a process.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Plugin_finds_credentials_and_unloads(string source)
    {
        using var environment = new AwsEnvironment();
        await using var server = new FakeCredentialServer();
        await server.StartAsync(Cancellation);
        CredentialSource.Prepare(source, environment, server);

        await new Conformance(server).Plugin_unloads();

        Assert.Empty(server.Violations);
    }

    [Theory]
    [MemberData(nameof(Temporary))]
    public async Task Temporary_keys_are_fetched_once(string source)
    {
        using var environment = new AwsEnvironment();
        await using var server = new FakeCredentialServer();
        await server.StartAsync(Cancellation);
        CredentialSource.Prepare(source, environment, server);
        using var plugin = new PluginCopy();
        Fake.Keys = server.Keys;
        await using IConnector connector = plugin.Connect(Context, Fake.Address);
        await connector.StartAsync(Cancellation);
        int given = server.Given;

        DeliveryResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => connector.SendAsync(Batch("m"), Cancellation).AsTask()));
        Assert.All(results, result => Assert.True(result.IsDelivered, result.Reason));

        Assert.Equal(20, Fake.EventCount);
        Assert.True(given >= 1);
        Assert.Equal(given, server.Given);
    }

    [Theory]
    [MemberData(nameof(Temporary))]
    public async Task Expired_token_is_renewed_and_the_next_attempt_is_delivered(string source)
    {
        using var environment = new AwsEnvironment();
        await using var server = new FakeCredentialServer();
        await server.StartAsync(Cancellation);
        CredentialSource.Prepare(source, environment, server);
        using var plugin = new PluginCopy();
        await using IConnector connector = plugin.Connect(Context, Fake.Address);
        await connector.StartAsync(Cancellation);
        Fake.ExpiredToken = server.Keys.SessionToken;

        DeliveryResult same = await connector.SendAsync(Batch("m"), Cancellation);
        server.Keys = ("ASIAFAKE2", "temporary/other", "token-2");
        Fake.Keys = server.Keys;
        DeliveryResult renewed = await connector.SendAsync(Batch("m"), Cancellation);
        DeliveryResult delivered = await connector.SendAsync(Batch("m"), Cancellation);

        // There were no newer ones at first.
        Assert.Equal((FailureKind.Misconfigured, "ExpiredTokenException: the session token has expired, and there is no newer one. Renew it, or use a role"), (same.Kind, same.Reason));
        Assert.Equal(FailureKind.Transient, renewed.Kind);
        Assert.True(delivered.IsDelivered);
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Profile_whose_keys_were_changed_is_read_again()
    {
        using var environment = new AwsEnvironment();
        environment.Write("credentials", "[audit]\naws_access_key_id=AKIAOLD\naws_secret_access_key=old\n");
        IConnector connector = Connect(""","profile":"audit" """, keys: string.Empty);

        DeliveryResult old = await connector.SendAsync(Batch("m"), Cancellation);
        environment.Write("credentials", $"[audit]\naws_access_key_id={FakeCloudWatchLogs.AccessKeyId}\naws_secret_access_key={FakeCloudWatchLogs.SecretAccessKey}\n");
        DeliveryResult renewed = await connector.SendAsync(Batch("m"), Cancellation);
        DeliveryResult delivered = await connector.SendAsync(Batch("m"), Cancellation);

        Assert.Equal((FailureKind.Misconfigured, FailureKind.Transient), (old.Kind, renewed.Kind));
        Assert.True(delivered.IsDelivered);
    }

    [Fact]
    public async Task No_credentials_anywhere_is_a_misconfiguration_that_says_where_it_looked()
    {
        using var environment = new AwsEnvironment();
        IConnector connector = Connect(keys: string.Empty);
        await connector.StartAsync(Cancellation);

        DeliveryResult result = await connector.SendAsync(Batch("m"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("not in the settings, the environment, ~/.aws, the container or the instance's role", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, Fake.RequestCount);
    }

    [Fact]
    public async Task Profile_that_is_not_there_is_a_misconfiguration()
    {
        using var environment = new AwsEnvironment();

        DeliveryResult result = await Connect(""","profile":"nobody" """, keys: string.Empty).SendAsync(Batch("m"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("profile does not exist", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_token_of_the_settings_is_a_misconfiguration()
    {
        Fake.ExpiredToken = "old";

        DeliveryResult result = await Connect(""","session_token":"old" """).SendAsync(Batch("m"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("expired", result.Reason, StringComparison.Ordinal);
    }

    private sealed class Conformance(FakeCredentialServer server) : CloudWatchConformance
    {
        protected override string Settings(Uri endpoint) =>
            $$"""{"log_group":"audit","log_stream":"s1","region":"eu-central-1","endpoint":"http://{{endpoint.Authority}}/"}""";

        protected override PeerAnswer Delivered(PeerRequest request) => request.Headers["X-Amz-Security-Token"] == server.Keys.SessionToken
            ? base.Delivered(request)
            : new PeerAnswer(403, "another key than the server's");
    }
}

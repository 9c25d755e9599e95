using AuditHost.Fakes.CloudWatch;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.CloudWatch;

public sealed class MissingTargetTests : CloudWatchTest
{
    [Fact]
    public async Task Group_and_stream_are_created_and_the_next_attempt_is_delivered()
    {
        Fake.Groups.Clear();
        IConnector connector = Connect();

        DeliveryResult first = await connector.SendAsync(Batch("m"), Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch("m"), Cancellation);

        Assert.Equal(FailureKind.Transient, first.Kind);
        Assert.True(second.IsDelivered);
        Assert.Equal(["PutLogEvents", "CreateLogGroup", "CreateLogStream", "PutLogEvents"], Fake.Actions);
        Assert.Equal(["m"], Stored());
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Group_is_created_with_class_key_retention_and_tags()
    {
        Fake.Groups.Clear();

        await Connect(""","log_group_class":"infrequent_access","kms_key_id":"arn:aws:kms:eu-central-1:1:key/a","retention_days":365,"tags":{"team":"audit","cost \"x\"":"1"}""")
            .SendAsync(Batch("m"), Cancellation);

        LogGroup group = Fake.Groups[Group];
        Assert.Equal(("INFREQUENT_ACCESS", "arn:aws:kms:eu-central-1:1:key/a", 365), (group.Class, group.KmsKeyId, group.RetentionDays));
        Assert.Equal(new Dictionary<string, string> { ["team"] = "audit", ["cost \"x\""] = "1" }, group.Tags);
        Assert.Empty(Fake.Violations);
    }

    [Fact]
    public async Task Retention_of_a_group_that_is_there_stays_as_it_is()
    {
        Fake.Groups[Group].Streams.Clear();

        Assert.Equal(FailureKind.Transient, (await Connect(""","retention_days":30""").SendAsync(Batch("m"), Cancellation)).Kind);

        Assert.Null(Fake.Groups[Group].RetentionDays);
        Assert.Equal(["PutLogEvents", "CreateLogGroup", "CreateLogStream"], Fake.Actions);
    }

    [Fact]
    public async Task Retention_that_cannot_be_set_is_a_warning()
    {
        Fake.Groups.Clear();
        Fake.Denied = new HashSet<string> { "PutRetentionPolicy" };
        IConnector connector = Connect(""","retention_days":30""");

        await connector.SendAsync(Batch("m"), Cancellation);

        Assert.Contains("retention_days", Assert.Single(Context.Warnings), StringComparison.Ordinal);
        Assert.True((await connector.SendAsync(Batch("m"), Cancellation)).IsDelivered);
    }

    [Fact]
    public async Task Key_that_may_create_streams_alone_creates_the_stream()
    {
        Fake.Groups[Group].Streams.Clear();
        Fake.Denied = new HashSet<string> { "CreateLogGroup" };
        IConnector connector = Connect();

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch("m"), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch("m"), Cancellation)).IsDelivered);
    }

    [Theory]
    [InlineData("CreateLogGroup")]
    [InlineData("CreateLogStream")]
    public async Task What_the_key_may_not_create_is_a_misconfiguration(string denied)
    {
        Fake.Groups.Clear();
        Fake.Denied = new HashSet<string> { denied };

        DeliveryResult result = await Connect().SendAsync(Batch("m"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("could not be created", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_to_create_a_missing_stream_is_a_misconfiguration()
    {
        Fake.Groups.Clear();

        DeliveryResult result = await Connect(""","create_group":false,"create_stream":false""").SendAsync(Batch("m"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Equal(["PutLogEvents"], Fake.Actions);
    }

    [Fact]
    public async Task Events_are_never_to_blame_for_what_cannot_be_created()
    {
        Fake.Groups.Clear();
        Fake.InterceptNext(_ => null);
        Fake.FailNext(FakeCloudWatchLogs.Error("InvalidParameterException", "kmsKeyId"));

        Assert.Equal(FailureKind.Misconfigured, (await Connect().SendAsync(Batch("m"), Cancellation)).Kind);
    }

    [Fact]
    public async Task Stream_that_another_host_has_created_meanwhile_is_as_good()
    {
        Fake.FailNext(FakeCloudWatchLogs.Error("ResourceNotFoundException", "The specified log stream does not exist."));
        IConnector connector = Connect();

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch("m"), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch("m"), Cancellation)).IsDelivered);
    }
}

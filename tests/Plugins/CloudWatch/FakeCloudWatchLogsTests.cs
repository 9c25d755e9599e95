using System.Net.Http.Headers;
using System.Text;
using AuditHost.Fakes.CloudWatch;
using AuditHost.PluginKit.Aws;
using AuditHost.Plugins.Tests.Files;

namespace AuditHost.Plugins.Tests.CloudWatch;

/// <summary>The fake refuses what AWS refuses; else it would prove nothing.</summary>
public sealed class FakeCloudWatchLogsTests : CloudWatchTest
{
    private const string Event = """{"timestamp":1795464000000,"message":"m"}""";

    [Theory]
    [InlineData("{\"timestamp\":1795464000001,\"message\":\"m\"},{\"timestamp\":1795464000000,\"message\":\"m\"}", "chronological")]
    [InlineData("{\"timestamp\":1795464000000,\"message\":\"\"}", "failed to satisfy constraint")]
    [InlineData("{\"timestamp\":-1,\"message\":\"m\"}", "failed to satisfy constraint")]
    [InlineData("{\"timestamp\":\"1795464000000\",\"message\":\"m\"}", "SerializationException")]
    [InlineData("{\"timestamp\":1795464000000,\"message\":{}}", "SerializationException")]
    [InlineData("{\"timestamp\":1795464000000,\"message\":\"m\",\"id\":1}", "SerializationException")]
    [InlineData("{\"timestamp\":1795377599999,\"message\":\"m\"},{\"timestamp\":1795464000000,\"message\":\"m\"}", "24 hours")]
    [InlineData("", "length 1 to 10000")]
    public async Task Broken_rule_is_refused_and_noted(string events, string rule)
    {
        Assert.Equal(400, await SendAsync(Body(events)));

        Assert.Contains(rule, Assert.Single(Fake.Violations), StringComparison.Ordinal);
        Assert.Equal(0, Fake.EventCount);
    }

    [Fact]
    public async Task Too_many_and_too_large_are_refused()
    {
        Assert.Equal(400, await SendAsync(Body(string.Join(',', Enumerable.Repeat(Event, 10_001)))));
        Assert.Equal(400, await SendAsync(Body(Event.Replace("\"m\"", $"\"{new string('m', 1_048_551)}\"", StringComparison.Ordinal))));
        string half = Event.Replace("\"m\"", $"\"{new string('m', 524_263)}\"", StringComparison.Ordinal);
        Assert.Equal(400, await SendAsync(Body($"{half},{half}")));

        Assert.Equal(3, Fake.Violations.Count);
    }

    [Fact]
    public async Task Good_request_is_taken()
    {
        Assert.Equal(200, await SendAsync(Body(Event)));

        Assert.Empty(Fake.Violations);
        Assert.Equal(["m"], Stored());
    }

    [Theory]
    [InlineData("body", "does not match")]
    [InlineData("target", "does not match")]
    [InlineData("unsigned", "must be a 'SignedHeader'")]
    [InlineData("none", "Missing Authentication Token")]
    [InlineData("region", "scoped to a valid region")]
    [InlineData("secret", "does not match")]
    [InlineData("key", "security token included in the request is invalid")]
    [InlineData("token", "security token included in the request is invalid")]
    [InlineData("early", "Signature expired")]
    [InlineData("late", "Signature expired")]
    public async Task Signature_that_does_not_fit_is_refused(string flaw, string rule)
    {
        AwsCredentials keys = new(
            flaw == "key" ? "AKIAOTHER" : FakeCloudWatchLogs.AccessKeyId,
            flaw == "secret" ? "other" : FakeCloudWatchLogs.SecretAccessKey,
            flaw == "token" ? "token" : null);
        DateTimeOffset at = Now.AddMinutes(flaw switch
        {
            "early" => -6,
            "late" => 6,
            _ => 0,
        });

        Assert.Equal(400, await SendAsync(Body(Event), keys, at, flaw == "region" ? "us-east-1" : FakeCloudWatchLogs.Region, request =>
        {
            if (flaw == "body")
                request.Content = ContentOf(Body(Event).Replace("\"m\"", "\"n\"", StringComparison.Ordinal));
            if (flaw == "target")
                Replace(request, "X-Amz-Target", "Logs_20140328.CreateLogStream");
            if (flaw == "unsigned")
                request.Headers.Add("X-Amz-Extra", "1");
            if (flaw == "none")
                request.Headers.Remove("Authorization");
        }));

        Assert.Contains(rule, Assert.Single(Fake.Violations), StringComparison.Ordinal);
    }

    private static string Body(string events) => $$"""{"logGroupName":"{{Group}}","logStreamName":"{{Stream}}","logEvents":[{{events}}]}""";

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static ByteArrayContent ContentOf(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        return content;
    }

    private Task<int> SendAsync(string body) =>
        SendAsync(body, new AwsCredentials(FakeCloudWatchLogs.AccessKeyId, FakeCloudWatchLogs.SecretAccessKey), Now, FakeCloudWatchLogs.Region, static _ => { });

    private async Task<int> SendAsync(string body, AwsCredentials keys, DateTimeOffset at, string region, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Fake.Address) { Content = ContentOf(body) };
        request.Headers.Add("X-Amz-Target", "Logs_20140328.PutLogEvents");
        new SigV4Signer(region, "logs", new ManualClock(at)).Sign(request, Encoding.UTF8.GetBytes(body), keys);
        change(request);
        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancellation);
        return (int)response.StatusCode;
    }
}

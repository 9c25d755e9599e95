namespace AuditHost.Plugins.Tests.Ocsf;

/// <summary>The check itself: each rule can fail.</summary>
public sealed class OcsfSchemaTests
{
    private const string Right =
        """
        {"category_uid":3,"class_uid":3002,"class_name":"Authentication","activity_id":1,"type_uid":300201,"severity_id":4,"time":1774939932118,
        "metadata":{"version":"1.8.0","sequence":7,"product":{"name":"p"},"tags":[{"name":"n","value":"v"}]},"status_id":2,
        "user":{"name":"ann"},"service":{"name":"s"},"src_endpoint":{"ip":"::1"},"unmapped":{"any":{"thing":[null]}}}
        """;

    [Fact]
    public void What_is_right_is_taken() => Assert.Empty(OcsfSchema.Check(Right));

    [Theory]
    [InlineData("\"class_uid\":3002", "\"class_uid\":3999", "class_uid is missing or of no class")]
    [InlineData("\"class_uid\":3002,", "", "class_uid is missing or of no class")]
    [InlineData("\"category_uid\":3", "\"category_uid\":6", "category_uid is not 3")]
    [InlineData("\"class_name\":\"Authentication\"", "\"class_name\":\"Logon\"", "class_name is not Authentication")]
    [InlineData("300201", "300202", "type_uid is not 300201")]
    [InlineData("\"type_uid\":300201,", "", "type_uid is missing")]
    [InlineData("\"activity_id\":1", "\"activity_id\":8", "activity_id cannot be 8")]
    [InlineData("\"activity_id\":1", "\"activity_id\":\"1\"", "activity_id is no integer_t: \"1\"")]
    [InlineData("\"activity_id\":1,\"type_uid\":300201", "\"activity_id\":99,\"type_uid\":300299", "activity_id is 99 and activity_name does not say what that is")]
    [InlineData("\"severity_id\":4", "\"severity_id\":7", "severity_id cannot be 7")]
    [InlineData("\"severity_id\":4,", "", "severity_id is missing")]
    [InlineData("\"time\":1774939932118", "\"time\":\"2026-03-31\"", "time is no timestamp_t: \"2026-03-31\"")]
    [InlineData("\"time\":1774939932118", "\"time\":1.5", "time is no timestamp_t: 1.5")]
    [InlineData("\"status_id\":2", "\"status_id\":3", "status_id cannot be 3")]
    [InlineData("\"status_id\":2", "\"status_id\":2,\"status_id\":2", "status_id stands twice")]
    [InlineData("\"status_id\":2", "\"result\":2", "result is no attribute of Authentication")]
    [InlineData("\"status_id\":2", "\"device\":{\"hostname\":\"h\",\"type_id\":0}", "device needs the profile host")]
    [InlineData("\"1.8.0\"", "\"1.7.0\"", "metadata.version is not 1.8.0")]
    [InlineData("\"version\":\"1.8.0\",", "", "metadata.version is missing")]
    [InlineData("\"sequence\":7", "\"sequence\":2147483648", "metadata.sequence is no integer_t: 2147483648")]
    [InlineData("\"product\":{\"name\":\"p\"}", "\"product\":{\"vendor_name\":\"p\"}", "metadata.product.product has none of name, uid")]
    [InlineData("\"product\":{\"name\":\"p\"}", "\"product\":\"p\"", "metadata.product is no product")]
    [InlineData("[{\"name\":\"n\",\"value\":\"v\"}]", "{\"name\":\"n\",\"value\":\"v\"}", "metadata.tags is no array with elements")]
    [InlineData("[{\"name\":\"n\",\"value\":\"v\"}]", "[]", "metadata.tags is no array with elements")]
    [InlineData("{\"name\":\"n\",\"value\":\"v\"}", "{\"name\":\"n\"}", "metadata.tags[0].key_value_object has none of value, values")]
    [InlineData("{\"name\":\"n\",\"value\":\"v\"}", "{\"value\":\"v\"}", "metadata.tags[0].name is missing")]
    [InlineData("\"user\":{\"name\":\"ann\"},", "", "user is missing")]
    [InlineData("\"user\":{\"name\":\"ann\"}", "\"user\":{}", "user.user has none of account, name, uid")]
    [InlineData("\"user\":{\"name\":\"ann\"}", "\"user\":{\"name\":\"\"}", "user.name is no username_t: \"\"")]
    [InlineData("\"user\":{\"name\":\"ann\"}", "\"user\":{\"name\":null}", "user.name is no username_t: null")]
    [InlineData("\"user\":{\"name\":\"ann\"}", "\"user\":{\"login\":\"ann\"}", "user.login is no attribute of user")]
    [InlineData("\"service\":{\"name\":\"s\"},", "", "Authentication has none of service, dst_endpoint")]
    [InlineData("\"::1\"", "\"host-1\"", "src_endpoint.ip is no ip_t: \"host-1\"")]
    [InlineData("{\"any\":{\"thing\":[null]}}", "{}", "unmapped is no object: {}")]
    [InlineData("{\"any\":{\"thing\":[null]}}", "\"text\"", "unmapped is no object: \"text\"")]
    public void What_is_wrong_is_named(string right, string wrong, string violation)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        Assert.Contains(violation, OcsfSchema.Check(Right.Replace(right, wrong)));
    }

    [Fact]
    public void Device_is_taken_with_its_profile() => Assert.Empty(OcsfSchema.Check(Right
        .Replace("\"status_id\":2", "\"device\":{\"hostname\":\"h\",\"type_id\":0}").Replace("\"sequence\":7", "\"profiles\":[\"host\"]")));
}

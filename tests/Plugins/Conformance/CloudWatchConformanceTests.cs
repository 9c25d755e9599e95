namespace AuditHost.Plugins.Tests.Conformance;

public sealed class CloudWatchConformanceTests : CloudWatchConformance
{
    protected override string Settings(Uri endpoint) => $$"""
        {"log_group":"audit","log_stream":"s1","region":"eu-central-1","endpoint":"http://{{endpoint.Authority}}/",
         "access_key_id":"AKIDEXAMPLE","secret_access_key":"kit-secret-key-0815","session_token":"kit-token-4711"}
        """;
}

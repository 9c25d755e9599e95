using AuditHost.Configuration;
using AuditHost.Configuration.Options;

namespace AuditHost.Tests.Configuration;

public sealed class OAuthBindingTests
{
    [Fact]
    public async Task Destination_takes_what_it_does_not_say_from_the_sites_own()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            """
            enterprise_integration:
              webhooks:
                a: { endpoint: "http://a", authentication: { type: oauth2 } }
                b:
                  endpoint: "http://b"
                  authentication: { type: oauth2, client_id: other, client_secret: "${OTHER}", scopes: [one], audience: urn:b, secret_in_body: true }
              security:
                authentication:
                  oauth2: { client_id: shared, client_secret: "${SECRET}", token_endpoint: "${LOGIN}/token", scopes: [audit.write, metrics.publish] }
            """,
            environment: [("SECRET", "canary-shared"), ("OTHER", "canary-other"), ("LOGIN", "https://login.example")]);

        Assert.Empty(result.Errors());
        var endpoint = new Uri("https://login.example/token");
        AssertIs(new AuthenticationOptions.OAuth(endpoint, "shared", "canary-shared", ["audit.write", "metrics.publish"]), result.Site!.Destinations[0].Authentication);
        AssertIs(new AuthenticationOptions.OAuth(endpoint, "other", "canary-other", ["one"], "urn:b", SecretInBody: true), result.Site.Destinations[1].Authentication);
        Assert.Contains("canary-shared", result.Site.Secrets);
        Assert.Contains("canary-other", result.Site.Secrets);
    }

    [Fact]
    public async Task Destination_that_is_off_needs_nothing()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            """
            enterprise_integration:
              webhooks:
                a: { enabled: false, endpoint: "http://a", authentication: { type: oauth2, client_secret: "${UNSET}" } }
              security:
                authentication:
                  oauth2: { client_secret: "${UNSET}", token_endpoint: "${UNSET}" }
            """);

        Assert.Empty(result.Errors());
    }

    private static void AssertIs(AuthenticationOptions.OAuth expected, AuthenticationOptions? actual)
    {
        var oauth = Assert.IsType<AuthenticationOptions.OAuth>(actual);
        Assert.Equal(expected, oauth with { Scopes = expected.Scopes });
        Assert.Equal(expected.Scopes, oauth.Scopes);
    }
}

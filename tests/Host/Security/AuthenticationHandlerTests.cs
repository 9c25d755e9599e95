using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using AuditHost.Security;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Tests.Security;

public sealed class AuthenticationHandlerTests
{
    [Fact]
    public async Task A_bearer_token_goes_out_as_authorization() =>
        Assert.Equal("Bearer abc.def", await HeaderOfAsync(new AuthenticationOptions.BearerToken("abc.def"), "Authorization"));

    [Fact]
    public async Task An_api_key_goes_out_in_its_own_header() =>
        Assert.Equal("k e y", await HeaderOfAsync(new AuthenticationOptions.ApiKey("X-API-Key", "k e y"), "X-API-Key"));

    [Fact]
    public async Task A_name_and_password_go_out_as_utf8() =>
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("jürgen:geheim:ß")),
            await HeaderOfAsync(new AuthenticationOptions.Basic("jürgen", "geheim:ß"), "Authorization"));

    [Fact]
    public async Task The_site_files_credentials_replace_a_connectors_own() =>
        Assert.Equal("Bearer ours", await HeaderOfAsync(new AuthenticationOptions.BearerToken("ours"), "Authorization", own: "Bearer theirs"));

    [Theory]
    [InlineData("canary\r\nX-Admin: 1")]
    [InlineData("canary\n")]
    [InlineData("canary\0")]
    [InlineData("canaryé")]
    [InlineData(" canary")]
    [InlineData("canary ")]
    [InlineData("")]
    public void A_value_that_cannot_stand_in_a_header_is_refused_and_not_quoted(string value)
    {
        AssertRefused("authentication.token", new AuthenticationOptions.BearerToken(value));
        AssertRefused("authentication.value", new AuthenticationOptions.ApiKey("X-API-Key", value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X Key")]
    [InlineData("X-Key:")]
    [InlineData("X-Key\r\nHost")]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("Transfer-Encoding")]
    public void A_name_that_is_no_header_for_a_key_is_refused(string name) =>
        AssertRefused("authentication.header", new AuthenticationOptions.ApiKey(name, "canary"));

    [Fact]
    public void Basic_credentials_that_cannot_be_told_apart_are_refused()
    {
        AssertRefused("authentication.username", new AuthenticationOptions.Basic("canary:", "canary"));
        AssertRefused("authentication.password", new AuthenticationOptions.Basic("user", "canary\n"));
    }

    private static void AssertRefused(string setting, AuthenticationOptions options)
    {
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(authentication: options));

        SettingsException exception = Assert.Throws<SettingsException>(() => destination.Http);

        Assert.Equal(setting, exception.Setting);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> HeaderOfAsync(AuthenticationOptions options, string name, string? own = null)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Headers[name].ToString(), context.RequestAborted));
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(authentication: options));
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        if (own is not null)
            request.Headers.TryAddWithoutValidation(name, own);
        using HttpResponseMessage response = await destination.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}

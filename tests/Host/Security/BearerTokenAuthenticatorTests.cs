using AuditHost.Security;
using Microsoft.Extensions.Primitives;

namespace AuditHost.Tests.Security;

public sealed class BearerTokenAuthenticatorTests
{
    private const string First = "first-token-of-thirty-two-letters";
    private const string Second = "second-token-of-thirty-two-letters";

    [Theory]
    [InlineData("Bearer " + First)]
    [InlineData("Bearer " + Second)]
    [InlineData("bearer " + First)]
    [InlineData("BEARER  " + First + " ")]
    public void A_known_token_passes(string header) => Assert.True(new BearerTokenAuthenticator([First, Second]).Accepts(header));

    [Theory]
    [InlineData("")]
    [InlineData(First)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer" + First)]
    [InlineData("Basic " + First)]
    [InlineData("Bearer " + First + "x")]
    [InlineData("Bearer first-token-of-thirty-two-letter")]
    [InlineData("Bearer FIRST-TOKEN-OF-THIRTY-TWO-LETTERS")]
    [InlineData("Bearer " + First + "," + Second)]
    public void Anything_else_is_refused(string header) => Assert.False(new BearerTokenAuthenticator([First, Second]).Accepts(header));

    [Fact]
    public void A_missing_header_is_refused() => Assert.False(new BearerTokenAuthenticator([First]).Accepts(StringValues.Empty));

    [Fact]
    public void Two_headers_are_refused_even_when_both_are_right() =>
        Assert.False(new BearerTokenAuthenticator([First]).Accepts(new StringValues(["Bearer " + First, "Bearer " + First])));

    [Fact]
    public void Without_tokens_none_is_asked_for()
    {
        var open = new BearerTokenAuthenticator([]);

        Assert.False(open.IsRequired);
        Assert.True(open.Accepts(StringValues.Empty));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_token_that_was_not_filled_in_is_an_error_and_not_an_open_door(string token) =>
        Assert.Throws<ArgumentException>(() => new BearerTokenAuthenticator([First, token]));
}

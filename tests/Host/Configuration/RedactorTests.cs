using System.Text;
using AuditHost.Configuration.Secrets;

namespace AuditHost.Tests.Configuration;

[Promise("G19")]
public sealed class RedactorTests
{
    private const string Secret = "pa\"ss/wörd+1";

    [Fact]
    public void Secret_is_masked_in_every_form_it_travels_in()
    {
        var redactor = new Redactor([Secret]);

        Assert.Equal("a *** b ***", redactor.Redact($"a {Secret} b {Secret}"));
        Assert.Equal("?q=***", redactor.Redact($"?q={Uri.EscapeDataString(Secret)}"));
        Assert.Equal("Basic ***", redactor.Redact($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}"));
        Assert.Equal("""{"t":"***"}""", redactor.Redact("""{"t":"pa\u0022ss/w\u00F6rd\u002B1"}"""));
    }

    [Fact]
    public void Longer_secret_leaves_nothing_of_itself_behind()
    {
        Assert.Equal("***", new Redactor(["12345678", "1234567890"]).Redact("1234567890"));
    }

    [Fact]
    public void Token_that_is_issued_later_is_masked_from_then_on()
    {
        var redactor = new Redactor([Secret]);

        redactor.Learn("issued-token");

        Assert.Equal("*** ***", redactor.Redact($"issued-token {Secret}"));
    }

    [Fact]
    public void Of_many_tokens_the_last_ones_are_remembered()
    {
        var redactor = new Redactor([Secret]);

        for (int number = 1000; number < 1300; number++)
            redactor.Learn($"issued-token-{number}");

        Assert.Equal("issued-token-1000 *** ***", redactor.Redact($"issued-token-1000 issued-token-1299 {Secret}"));
    }

    [Fact]
    public void Short_values_and_other_text_stay()
    {
        Assert.Equal("info about a", new Redactor(["info", "a", Secret]).Redact("info about a"));
    }

    [Theory]
    [InlineData("SPLUNK_HEC_TOKEN", true)]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("ELASTICSEARCH_API_KEY", true)]
    [InlineData("CLIENT_KEY_PATH", false)]
    [InlineData("AWS_ACCESS_KEY_ID", false)]
    [InlineData("DEPLOYMENT_ENVIRONMENT", false)]
    [InlineData("MONKEY", false)]
    public void Variables_tell_by_their_name_whether_they_are_secret(string name, bool expected)
    {
        Assert.Equal(expected, SecretNames.LooksSecret(name));
    }
}

using System.Net;
using System.Text;
using AuditHost.Security;

namespace AuditHost.Tests.Security;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("169.254.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.255.255")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%3")]
    [InlineData("febf:ffff::1")]
    [InlineData("fd00:ec2::254")]
    public void Addresses_that_hand_out_credentials_are_forbidden(string address) =>
        Assert.False(new AddressRules(new HashSet<IPAddress>()).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fec0::1")]
    [InlineData("fd00:ec2::253")]
    [InlineData("2001:db8::1")]
    public void Other_addresses_are_allowed(string address) =>
        Assert.True(new AddressRules(new HashSet<IPAddress>()).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("""{"endpoint":"http://169.254.169.254/latest"}""", "169.254.169.254")]
    [InlineData("""{"endpoint":"http://169.254.169.254/latest"}""", "::ffff:169.254.169.254")]
    [InlineData("""{"endpoint":"http://[fe80::1]:8080/"}""", "fe80::1%2")]
    [InlineData("""{"servers":[{"address":"169.254.1.2:514"}]}""", "169.254.1.2")]
    [InlineData("""{"server":"169.254.1.2"}""", "169.254.1.2")]
    public void A_forbidden_address_is_allowed_when_the_settings_spell_it_out(string settings, string address) =>
        Assert.True(RulesFor(settings).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("""{"endpoint":"http://169.254.169.253/latest"}""")]
    [InlineData("""{"endpoint":"http://metadata.example/169.254.169.254"}""")]
    [InlineData("""{"comment":"not 169.254.169.254"}""")]
    public void A_forbidden_address_stays_forbidden_when_the_settings_name_something_else(string settings) =>
        Assert.False(RulesFor(settings).Allows(IPAddress.Parse("169.254.169.254")));

    [Fact]
    public void A_proxy_that_is_spelled_out_is_allowed() =>
        Assert.True(new AddressRules(ConfiguredAddresses.Find("{}"u8, new Uri("http://169.254.7.7:3128"))).Allows(IPAddress.Parse("169.254.7.7")));

    private static AddressRules RulesFor(string settings) => new(ConfiguredAddresses.Find(Encoding.UTF8.GetBytes(settings)));
}

namespace AuditHost.Plugins.Tests.Leef;

/// <summary>That the reader which the formatter is held against refuses what LEEF does not allow.</summary>
public sealed class LeefLineTests
{
    [Fact]
    public void The_example_of_the_guide_is_read()
    {
        LeefLine line = LeefLine.Parse("LEEF:2.0|Lancope|StealthWatch|1.0|41|^|src=192.0.2.0^dst=172.50.123.1^sev=5^cat=anomaly^srcPort=81^dstPort=21^usrName=joe.black");

        Assert.Equal("41", line.EventId);
        Assert.Equal('^', line.Delimiter);
        Assert.Equal("joe.black", line["usrName"]);
        Assert.Equal("a=b", LeefLine.Parse("LEEF:1.0|V|P|1|E|one=1\ttwo=a=b")["two"]);
    }

    [Theory]
    [InlineData("LEEF:3.0|V|P|1|E|a=1")]
    [InlineData("LEEF:2.0|V|P|1|E|a=1")]
    [InlineData("LEEF:2.0|V|P|1|E|xZZ|a=1")]
    [InlineData("LEEF:2.0|V|P|1|E|x12345|a=1")]
    [InlineData("LEEF:1.0|V||1|E|a=1")]
    [InlineData("LEEF:1.0|V|P|1|a=1")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a=1^b=1^a=2")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a b=1")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a=1^")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a=1^b=")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a=1\tb=2")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a=1\nLEEF")]
    [InlineData("LEEF:2.0|V|P|1|E|^|a=1 ")]
    [InlineData("LEEF:2.0|V|P|1|E|^|usrname=joe")]
    [InlineData("LEEF:2.0|V|P|1|E|^|sev=0")]
    [InlineData("LEEF:2.0|V|P|1|E|^|sev=11")]
    [InlineData("LEEF:2.0|V|P|1|E|^|devTime=2026-11-23")]
    [InlineData("LEEF:2.0|V|P|1|E|^|src=copybook-core::security")]
    [InlineData("LEEF:2.0|V|P|1|E|^|isLoginEvent=yes")]
    public void What_breaks_a_rule_is_refused(string line) => Assert.Throws<FormatException>(() => LeefLine.Parse(line));
}

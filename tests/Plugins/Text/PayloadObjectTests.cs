using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class PayloadObjectTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData(""" { "b" : 1 } """, "")]
    [InlineData("""{"a":1}""", "1")]
    [InlineData("""{"a" : "x\"y" , "b":2}""", "\"x\\\"y\"")]
    [InlineData("""{"b":{"a":1},"a":[ 1, {"a":2} ]}""", """[ 1, {"a":2} ]""")]
    [InlineData("""{"\u0061":true}""", "true")]
    [InlineData("""{"a":1,"a":2}""", "2")]
    [InlineData("""{"b":{"a":1}}""", "")]
    public void A_member_is_found_at_the_top(string payload, string expected)
    {
        Assert.True(PayloadObject.TryRead(Encoding.UTF8.GetBytes(payload), "a"u8, out ReadOnlySpan<byte> value));
        Assert.Equal(expected, Encoding.UTF8.GetString(value));
    }

    [Theory]
    [InlineData("""{"a":null}""", true)]
    [InlineData("""{"b":1,"\u0061":2}""", true)]
    [InlineData("""{"b":{"a":1},"c":"a","d":["a"]}""", false)]
    [InlineData("{}", false)]
    [InlineData("""["a"]""", false)]
    [InlineData("""{"b":1,a""", false)]
    public void A_member_is_there_or_not(string payload, bool expected) =>
        Assert.Equal(expected, PayloadObject.Has(Encoding.UTF8.GetBytes(payload), "a"u8));

    [Fact]
    public void Deep_nesting_is_no_obstacle()
    {
        string deep = new string('[', 900) + new string(']', 900);

        Assert.True(PayloadObject.TryRead(Encoding.UTF8.GetBytes("{\"a\":" + deep + "}"), "a"u8, out ReadOnlySpan<byte> value));
        Assert.Equal(deep, Encoding.UTF8.GetString(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1}x""")]
    [InlineData("""{"a":1}{"a":1}""")]
    [InlineData("""{"a":[1}""")]
    [InlineData("<a/>")]
    public void What_is_no_object_has_no_member(string payload)
    {
        Assert.False(PayloadObject.TryRead(Encoding.UTF8.GetBytes(payload), "a"u8, out ReadOnlySpan<byte> value));
        Assert.True(value.IsEmpty);
    }
}

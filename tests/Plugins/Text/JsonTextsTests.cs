using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class JsonTextsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""["a"]""", "a")]
    [InlineData("""[ 1, "a\n\u0062", null, ["no"], {"no":"no"}, true, "c" ]""", "a\nb|c")]
    public void Texts_come_in_order_and_nothing_else_does(string array, string expected)
    {
        var read = new List<string>();
        var texts = new JsonTexts(Encoding.UTF8.GetBytes(array));
        while (texts.MoveNext())
            read.Add(texts.Value.ToString());

        Assert.Equal(expected, string.Join('|', read));
    }
}

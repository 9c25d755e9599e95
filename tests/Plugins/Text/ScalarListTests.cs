using System.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class ScalarListTests
{
    [Theory]
    [InlineData("[]", "", 0)]
    [InlineData("""["SOX"]""", "SOX", 1)]
    [InlineData(""" [ "a" , "b\u0041\n" , 17 , true , 1.50 ] """, "a,bA\n,17,true,1.50", 5)]
    [InlineData("""[null,{"a":[1]},[2,3],"x",["y"]]""", "x", 5)]
    [InlineData("""["a,b",""]""", "a,b,", 2)]
    public void Elements_are_decoded_and_joined(string array, string expected, int count)
    {
        byte[] json = Encoding.UTF8.GetBytes(array);
        byte[] target = new byte[json.Length];

        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, ScalarList.Join(json, target)));
        Assert.Equal(count, ScalarList.Count(json));
    }
}

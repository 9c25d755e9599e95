using Inner;

namespace Outer;

public static class OuterText
{
    public static string Summary() => InnerText.Summary();
}

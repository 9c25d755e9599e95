namespace Inner;

public static class InnerText
{
    public static string Summary() => "From the inner library.";
}

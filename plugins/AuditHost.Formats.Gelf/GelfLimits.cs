namespace AuditHost.Formats.Gelf;

/// <summary>How much of an event becomes fields.</summary>
internal static class GelfLimits
{
    /// <summary>The most bytes of a field that Graylog's index takes as one term (Lucene); a longer one loses it the whole message.</summary>
    public const int Field = 32_766;

    /// <summary>The most bytes of a field's name.</summary>
    public const int FieldName = 128;

    /// <summary>The most fields that a payload gives: an index has 1000 for all messages together.</summary>
    public const int PayloadFields = 100;

    /// <summary>How deep objects in a payload are followed.</summary>
    public const int Depth = 3;
}

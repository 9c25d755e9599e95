using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

/// <summary>A few texts to compare values with, as bytes: no value becomes a string for it.</summary>
internal sealed class TextSet(IEnumerable<string> texts)
{
    private readonly byte[][] _texts = [.. texts.Select(Encoding.UTF8.GetBytes)];

    public bool Contains(EventValue value)
    {
        foreach (byte[] text in _texts)
        {
            if (value.Equals(text))
                return true;
        }

        return false;
    }

    public override string ToString() => string.Join(", ", _texts.Select(Encoding.UTF8.GetString));
}

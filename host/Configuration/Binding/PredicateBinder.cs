using System.Text.RegularExpressions;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads the conditions of a <c>field</c> filter. All that stand in one mapping must hold.</summary>
internal static class PredicateBinder
{
    private static readonly (ScalarKey<double> Key, Comparison Comparison)[] Comparisons =
    [
        (PredicateKeys.LessThan, Comparison.LessThan),
        (PredicateKeys.LessOrEqual, Comparison.LessOrEqual),
        (PredicateKeys.GreaterThan, Comparison.GreaterThan),
        (PredicateKeys.GreaterOrEqual, Comparison.GreaterOrEqual),
    ];

    private static readonly Key[] NeedPath =
    [
        PredicateKeys.EqualTo, PredicateKeys.In, PredicateKeys.Matches, PredicateKeys.Exists,
        PredicateKeys.LessThan, PredicateKeys.LessOrEqual, PredicateKeys.GreaterThan, PredicateKeys.GreaterOrEqual,
    ];

    public static FieldPredicate? Bind(Section section)
    {
        List<FieldPredicate> conditions = [.. OnField(section), .. Nested(section)];
        if (conditions.Count > 1)
            return new FieldPredicate.All(conditions);
        if (conditions.Count == 1)
            return conditions[0];
        if (!NeedPath.Concat([PredicateKeys.Any, PredicateKeys.Every, PredicateKeys.Not]).Any(key => section.Find(key) is not null))
            section.Error(PredicateKeys.Path, "has no condition; add one of equals, in, matches, exists, less_than, less_or_equal, greater_than, greater_or_equal");
        return null;
    }

    private static IEnumerable<FieldPredicate> OnField(Section section)
    {
        string? path = section.GetText(PredicateKeys.Path);
        if (path is null)
        {
            if (section.Find(PredicateKeys.Path) is null && NeedPath.FirstOrDefault(key => section.Find(key) is not null) is { } key)
                section.Error(PredicateKeys.Path, $"is required and missing; {key.Name} needs to know the field");
            path = string.Empty;
        }

        if (section.GetText(PredicateKeys.EqualTo) is { } text)
            yield return new FieldPredicate.EqualTo(path, text);
        if (section.GetList(PredicateKeys.In) is { } texts)
            yield return new FieldPredicate.In(path, texts);
        if (section.GetText(PredicateKeys.Matches) is { } pattern && IsLinear(section, pattern))
            yield return new FieldPredicate.Matches(path, pattern);
        if (section.TryGet(PredicateKeys.Exists, out bool expected))
            yield return new FieldPredicate.Exists(path, expected);
        foreach ((ScalarKey<double> key, Comparison comparison) in Comparisons)
        {
            if (section.TryGet(key, out double operand))
                yield return new FieldPredicate.Compare(path, comparison, operand);
        }
    }

    private static IEnumerable<FieldPredicate> Nested(Section section)
    {
        if (section.Find(PredicateKeys.Any) is not null)
            yield return new FieldPredicate.Any(BindAll(section, PredicateKeys.Any));
        if (section.Find(PredicateKeys.Every) is not null)
            yield return new FieldPredicate.All(BindAll(section, PredicateKeys.Every));
        if (section.GetSection(PredicateKeys.Not, PredicateKeys.Set) is { } negated && Bind(negated) is { } condition)
            yield return new FieldPredicate.Not(condition);
    }

    private static List<FieldPredicate> BindAll(Section section, ReferenceKey key)
    {
        List<Section> items = [.. section.GetSections(key, PredicateKeys.Set)];
        if (items.Count == 0)
            section.Error(key, "is empty; expected at least one condition");
        return [.. items.Select(Bind).OfType<FieldPredicate>()];
    }

    private static bool IsLinear(Section section, string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // The parser's message quotes the pattern, which a variable may have filled in.
            section.Error(PredicateKeys.Matches, exception is RegexParseException parse
                ? $"is not a regular expression ({parse.Error} at offset {parse.Offset})"
                : "cannot run in linear time; do without look-around, back references and atomic groups");
            return false;
        }
    }
}

namespace AuditHost.Configuration;

/// <summary>Finds the name that somebody most likely meant.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The nearest candidate, or <see langword="null"/> where none is close enough to be worth a hint.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
            return null;
        string? nearest = null;
        int least = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= least)
                continue;
            int distance = Distance(name, candidate);
            if (distance < least)
                (least, nearest) = (distance, candidate);
        }

        return nearest;
    }

    /// <summary>
    /// The nearest of the values that a key may have. Numbers and versions are left out: 1.1 is no slip of the finger for 1.2.
    /// </summary>
    public static string? FindValue(string value, IEnumerable<string> choices) =>
        Find(value, choices.Where(static choice => choice.Length > 0 && char.IsAsciiLetter(choice[0])));

    /// <summary>Damerau-Levenshtein with adjacent transpositions: the slips of typing, each counted as one.</summary>
    private static int Distance(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[right.Length];
    }
}

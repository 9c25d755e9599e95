using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.Plugins.Trust;

/// <summary>
/// The format of <c>sha256sum</c>: a sum, two spaces, a path; lines that begin with <c>#</c> are remarks. So an auditor checks every
/// list of the host's with <c>sha256sum --check</c>, and a publisher writes one without the host.
/// </summary>
internal static partial class SumFile
{
    /// <summary>Reads a list.</summary>
    /// <param name="text">The list.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="InvalidDataException">A line is none of a list; the message has its number.</exception>
    public static IReadOnlyList<FileSum> Parse(string text, string name)
    {
        var sums = new List<FileSum>();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string content = line.TrimEnd('\r');
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (Line().Match(content) is not { Success: true } match)
                throw new InvalidDataException($"{name}:{number}: a line has 64 hexadecimal digits, two spaces and a path, as sha256sum writes it.");
            string path = Normalize(match.Groups["path"].Value);
            if (path.Split('/').Contains(".."))
                throw new InvalidDataException($"{name}:{number}: '{path}' leads out of the folder.");
            if (!paths.Add(path))
                throw new InvalidDataException($"{name}:{number}: '{path}' is listed twice.");
            sums.Add(new FileSum(path, match.Groups["sum"].Value.ToLowerInvariant()));
        }

        return sums;
    }

    /// <summary>Writes a list, in the order of its paths.</summary>
    public static string Format(IEnumerable<FileSum> sums)
    {
        var text = new StringBuilder();
        foreach (FileSum sum in sums.OrderBy(sum => sum.Path, StringComparer.Ordinal))
            text.Append(sum.Sha256).Append("  ").Append(sum.Path).Append('\n');
        return text.ToString();
    }

    private static string Normalize(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    [GeneratedRegex(@"\A(?<sum>[0-9A-Fa-f]{64}) [ *](?<path>[^\\\x00-\x1f\x7f]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}

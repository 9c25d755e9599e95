namespace AuditHost.Commands;

/// <summary>Asks before something that cannot be undone. Without a terminal nobody can answer, and the answer is no.</summary>
internal static class Confirmation
{
    /// <param name="consequence">What would happen.</param>
    /// <param name="way">How to say yes without being asked.</param>
    /// <param name="question">What to ask.</param>
    public static bool Ask(string consequence, string way, string question)
    {
        if (Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"audithost: {consequence}; {way}.");
            return false;
        }

        Console.Write($"{question} [y/N] ");
        return Console.ReadLine() is "y" or "Y" or "yes";
    }
}

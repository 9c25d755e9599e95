using System.Text;
using AuditHost.Intake.Syslog;

namespace AuditHost.Tests.Intake.Syslog;

public sealed class SyslogMessageTests
{
    /// <summary>The examples of RFC 5424, section 6.5, and what comes near them.</summary>
    [Theory]
    [InlineData("<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8", "4.2|1|2003-10-11T22:14:15.003Z|mymachine.example.com|su||ID47||'su root' failed for lonvick on /dev/pts/8")]
    [InlineData("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.", "20.5|1|2003-08-24T05:14:15.000003-07:00|192.0.2.1|myproc|8710|||%% It's time to make the do-nuts.")]
    [InlineData("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"] \uFEFFAn application event log entry...", "20.5|1|2003-10-11T22:14:15.003Z|mymachine.example.com|evntslog||ID47|[exampleSDID@32473 iut=\"3\" eventSource=\"Application\" eventID=\"1011\"]|An application event log entry...")]
    [InlineData("<165>1 2003-10-11T22:14:15.003Z h a - ID47 [a@1 x=\"]\"][b@1 y=\"\\\"]\"]", "20.5|1|2003-10-11T22:14:15.003Z|h|a||ID47|[a@1 x=\"]\"][b@1 y=\"\\\"]\"]|")]
    [InlineData("<0>1 - - - - - -", "0.0|1|||||||")]
    [InlineData("<191>1 - - - - - - ", "23.7|1|||||||")]
    public void Parts_of_rfc_5424_are_found(string message, string parts) => Assert.Equal(parts, Describe(message));

    /// <summary>The examples of RFC 3164, section 5.4, and what senders make of it.</summary>
    [Theory]
    [InlineData("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8", "4.2|0|Oct 11 22:14:15|mymachine|su||||'su root' failed for lonvick on /dev/pts/8")]
    [InlineData("<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!", "1.5|0|Feb  5 17:32:18|10.0.0.99|||||Use the BFG!")]
    [InlineData("<0>1990 Oct 22 10:52:01 TZ-6 scapegoat.dmz.example.org 10.1.2.3 sched[0]: That's All Folks!", "0.0|0|||||||1990 Oct 22 10:52:01 TZ-6 scapegoat.dmz.example.org 10.1.2.3 sched[0]: That's All Folks!")]
    [InlineData("<38>Nov  6 23:05:59 gate sshd[4711]: Accepted publickey for root", "4.6|0|Nov  6 23:05:59|gate|sshd|4711|||Accepted publickey for root")]
    [InlineData("<38>Nov  6 23:05:59 sshd[4711]: Accepted", "4.6|0|Nov  6 23:05:59||sshd|4711|||Accepted")]
    [InlineData("<38>Nov  6 23:05:59 kernel: up", "4.6|0|Nov  6 23:05:59||kernel||||up")]
    [InlineData("<38>2026-11-06T23:05:59.1+01:00 gate app: text", "4.6|0|2026-11-06T23:05:59.1+01:00|gate|app||||text")]
    [InlineData("<38>fifteen-letters gate app: text", "4.6|0|||||||fifteen-letters gate app: text")]
    [InlineData("<38>2026-13-06T23:05:59Z gate app: text", "4.6|0|||||||2026-13-06T23:05:59Z gate app: text")]
    [InlineData("<38>CEF:0|a|b|1|2|3|4|", "4.6|0|||||||CEF:0|a|b|1|2|3|4|")]
    [InlineData("<38>Nov  6 23:05:59 fw CEF:0|a|b|1|2|3|4|x=y", "4.6|0|Nov  6 23:05:59|fw|CEF||||0|a|b|1|2|3|4|x=y")]
    public void Parts_of_rfc_3164_are_found(string message, string parts) => Assert.Equal(parts, Describe(message));

    [Theory]
    [InlineData("no priority")]
    [InlineData("<>text")]
    [InlineData("<192>text")]
    [InlineData("<-1>text")]
    [InlineData("<1234>text")]
    [InlineData("<13 text")]
    [InlineData("<1a>text")]
    public void What_has_no_priority_is_all_text(string message) => Assert.Equal($"1.5|0|||||||{message}", Describe(message));

    [Theory]
    [InlineData("<13>1 2003-10-11T22:14:15.003Z host app - - [broken text")]
    [InlineData("<13>1 2003-10-11T22:14:15.003Z host app - - [a]text")]
    [InlineData("<13>1 2003-10-11T22:14:15.003Z host")]
    [InlineData("<13>1  double spaces - - - -")]
    public void What_breaks_rfc_5424_is_all_text(string message) => Assert.Equal($"1.5|0|||||||{message[4..]}", Describe(message));

    /// <summary>The last octets may be cut anywhere: nothing is read beyond them, and nothing is lost.</summary>
    [Fact]
    public void Any_cut_of_a_message_is_read()
    {
        byte[] whole = Encoding.UTF8.GetBytes("<165>1 2003-10-11T22:14:15.003Z mymachine evntslog 1 ID47 [a@1 iut=\"\\]\" b=\"c\"][d@2] An entry<38>Nov  6 23:05:59 gate sshd[4711]: Accepted");
        for (int start = 0; start < whole.Length; start++)
        {
            for (int length = 0; length <= whole.Length - start; length++)
            {
                ReadOnlySpan<byte> cut = whole.AsSpan(start, length);
                Assert.True(cut.EndsWith(SyslogMessage.Parse(cut).Text));
            }
        }
    }

    private static string Describe(string text)
    {
        SyslogMessage message = SyslogMessage.Parse(Encoding.UTF8.GetBytes(text));
        return string.Join(
            '|',
            $"{message.Facility}.{message.Severity}",
            message.Version,
            Text(message.Timestamp),
            Text(message.Host),
            Text(message.AppName),
            Text(message.ProcessId),
            Text(message.MessageId),
            Text(message.StructuredData),
            Text(message.Text));

        static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
    }
}

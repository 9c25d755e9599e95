using System.Diagnostics;

namespace AuditHost.Plugins.Tests.Syslog;

/// <summary>syslog-ng; each framing has a listener of its own.</summary>
internal sealed class SyslogNg(string directory, TestCertificates certificates) : Receiver("syslog-ng", directory)
{
    protected override string ReadyText => "syslog-ng starting up";

    protected override string Configuration() => $$"""
        @version: 3.38
        options { keep-hostname(yes); use-dns(no); dns-cache(no); chain-hostnames(no); log-msg-size(65536); frac-digits(6); stats-freq(0); };
        source network {
          network(transport("tcp") ip("127.0.0.1") port({{TcpPort}}) flags(syslog-protocol));
          syslog(transport("tcp") ip("127.0.0.1") port({{OctetPort}}));
          syslog(transport("tls") ip("127.0.0.1") port({{TlsPort}})
            tls(key-file("{{certificates.KeyPath}}") cert-file("{{certificates.CertificatePath}}") peer-verify(optional-untrusted)));
          syslog(transport("udp") ip("127.0.0.1") port({{UdpPort}}));
        };
        source own { internal(); };
        destination json {
          file("{{OutputPath}}" template("$(format-json pri=$PRI time=$ISODATE host=$HOST app=$PROGRAM procid=$PID msgid=$MSGID sd=$SDATA msg=$MSG)\n"));
        };
        log { source(network); source(own); destination(json); };

        """;

    protected override ProcessStartInfo Command()
    {
        var start = new ProcessStartInfo(Path.Combine(Home, "usr/sbin/syslog-ng"));
        string[] arguments =
        [
            "-F", "--no-caps", "-f", ConfigurationPath, "--module-path", FindModules("libsyslogformat.so"),
            "-p", Path.Combine(WorkPath, "syslog-ng.pid"), "-c", Path.Combine(WorkPath, "syslog-ng.ctl"), "-R", Path.Combine(WorkPath, "syslog-ng.persist"),
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}

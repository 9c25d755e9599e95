using System.Diagnostics;

namespace AuditHost.Plugins.Tests.Syslog;

/// <summary>rsyslog; its TCP listener takes both framings.</summary>
internal sealed class Rsyslog(string directory, TestCertificates certificates, string globals = "") : Receiver("rsyslog", directory)
{
    protected override string ReadyText => "[origin software=\\\"rsyslogd\\\"";

    protected override string Configuration() => $$"""
        global(workDirectory="{{WorkPath}}" maxMessageSize="64k" processInternalMessages="on" {{globals}}
               defaultNetstreamDriverCAFile="{{certificates.AuthorityPath}}"
               defaultNetstreamDriverCertFile="{{certificates.CertificatePath}}"
               defaultNetstreamDriverKeyFile="{{certificates.KeyPath}}")
        module(load="imtcp")
        module(load="imudp")
        template(name="json" type="list" option.jsonf="on") {
          property(outname="pri" name="pri" format="jsonf")
          property(outname="time" name="timestamp" dateFormat="rfc3339" format="jsonf")
          property(outname="host" name="hostname" format="jsonf")
          property(outname="app" name="app-name" format="jsonf")
          property(outname="procid" name="procid" format="jsonf")
          property(outname="msgid" name="msgid" format="jsonf")
          property(outname="sd" name="structured-data" format="jsonf")
          property(outname="msg" name="msg" format="jsonf")
        }
        input(type="imtcp" address="127.0.0.1" port="{{TcpPort}}")
        input(type="imtcp" address="127.0.0.1" port="{{OctetPort}}")
        input(type="imtcp" address="127.0.0.1" port="{{TlsPort}}" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
        input(type="imudp" address="127.0.0.1" port="{{UdpPort}}")
        action(type="omfile" file="{{OutputPath}}" template="json")

        """;

    protected override ProcessStartInfo Command()
    {
        var start = new ProcessStartInfo(Path.Combine(Home, "usr/sbin/rsyslogd"));
        foreach (string argument in new[] { "-n", "-M", FindModules("imtcp.so"), "-f", ConfigurationPath, "-i", Path.Combine(WorkPath, "rsyslogd.pid") })
            start.ArgumentList.Add(argument);
        return start;
    }
}

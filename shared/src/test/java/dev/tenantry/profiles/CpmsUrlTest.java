package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpmsUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://cpms.example.com/ocpp",
                "ws://cpms.example.com",
                "wss://cpms.example.com:8443/",
                "WSS://CPMS.Example.COM/ocpp/1.6/",
                "wss://a.b.c.d.example.com/a%20b/~x;y=1",
                "wss://xn--bcher-kva.example/ocpp",
                "wss://localhost.example.com/",
                "wss://my-localhost.com/",
                "wss://internal.example.com/",
                "wss://127.0.0.1.example.com/",
                "wss://svc.example.com/",
                "wss://cpms.mylan/",
                "wss://cpms.homes/",
                "ws://8.8.8.8/",
                "ws://203.0.113.10:9000/ocpp",
                "ws://172.15.255.255/",
                "ws://172.32.0.0/",
                "ws://100.63.255.255/",
                "ws://100.128.0.0/",
                "ws://169.253.255.255/",
                "ws://192.167.255.255/",
                "ws://223.255.255.255/",
                "ws://126.255.255.255/",
                "ws://[2600:1f18::1]/",
                "ws://[2001:db8::1]:8080/ocpp",
                "ws://[2606:4700:4700::1111]/",
            })
    void takesAUrlWithAPublicHost(String text) {
        assertThat(CpmsUrl.parse(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cpms.example.com",
                "//cpms.example.com/",
                "http://cpms.example.com/",
                "https://cpms.example.com/",
                "ftp://cpms.example.com/",
                "javascript://cpms.example.com/",
                "wss:",
                "wss:cpms.example.com",
                "wss:/cpms.example.com",
                "wss:///ocpp",
                "wss://",
                "wss://:443/",
                "wss://cpms.example.com:0/",
                "wss://cpms.example.com:65536/",
                "wss://cpms.example.com:99999999999/",
                "wss://cpms.example.com:/",
                "wss://cpms.example.com:0443/",
                "wss://cpms.example.com:44a/",
                "wss://cpms.example.com/#",
                "wss://cpms.example.com/#frag",
                "wss://cpms.example.com/?",
                "wss://cpms.example.com/?a=b",
                "wss://user@cpms.example.com/",
                "wss://user:secret@cpms.example.com/",
                "wss://@cpms.example.com/",
                "wss://:@cpms.example.com/",
                "wss://cpms.example.com@127.0.0.1/",
                "wss://cpms.example.com:443@127.0.0.1/",
                "wss://127.0.0.1\\@cpms.example.com/",
                "wss://cpms.example.com\\.localhost/",
                "wss:\\\\cpms.example.com",
                " wss://cpms.example.com/",
                "wss://cpms.example.com/ ",
                "wss://cpms.example.com/a b",
                "wss://cpms.example.com/\n",
                "wss://cpms.example.com/\r\nHost: x",
                "wss://cpms\t.example.com/",
                "wss://cpms_x.example.com/",
                "wss://-cpms.example.com/",
                "wss://cpms-.example.com/",
                "wss://cpms..example.com/",
                "wss://.cpms.example.com/",
                "wss://cpms.example.com./",
                "wss://cpms.example.com,127.0.0.1/",
                "wss://cpms.example.com;127.0.0.1/",
                "wss://cpms.example.com/%zz",
                "wss://cpms.example.com/{x}",
                "wss://$(id).example.com/",
            })
    void refusesWhatIsNoSuchUrl(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "localhost.",
                "foo.localhost",
                "foo.LOCALHOST",
                "foo.localhost.",
                "localhost.localdomain",
                "cpms",
                "broker",
                "kubernetes.default.svc.local",
                "printer.local",
                "metadata.google.internal",
                "instance-data.ec2.internal",
                "ip-10-0-0-1.eu-central-1.compute.internal",
                "router.home.arpa",
                "metadata",
                // Of special use, never delegated, or of service discovery.
                "cpms.test",
                "cpms.invalid",
                "cpms.onion",
                "cpms.alt",
                "cpms.arpa",
                "resolver.arpa",
                "ipv4only.arpa",
                "1.0.0.127.in-addr.arpa",
                "cpms.corp",
                "cpms.home",
                "cpms.mail",
                "cpms.intranet",
                "cpms.private",
                "cpms.lan",
                "cpms.LAN",
                "cpms.default.svc",
                "cpms.default.svc.cluster",
                "cpms.default.svc.cluster.local",
                "cpms.consul",
                "cpms.service.consul",
                "cpms.node.dc1.consul"
            })
    void refusesNamesOfLocalNetworks(String host) {
        assertRefused("ws://" + host + "/");
        assertRefused("wss://" + host + ":8080/ocpp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // This host, loopback, private (RFC 1918), shared (RFC 6598), link-local, metadata.
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "127.1.2.3",
                "127.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.168.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "100.100.100.200",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "168.63.129.16",
                "192.0.0.192",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "192.88.99.1",
                // The same and others in spellings that inet_aton takes.
                "127.1",
                "127.0.1",
                "0",
                "1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "0X7F.0.0.1",
                "0x7f.0x0.0x0.0x1",
                "017700000001",
                "0177.0.0.1",
                "0177.1",
                "127.0.0.01",
                "127.00.0.1",
                "0127.0.0.1",
                "3232235521",
                "2852039166",
                "0xa9fea9fe",
                "0xa9.0xfe.0xa9.0xfe",
                "169.254.43518",
                "10.1",
                "8.8",
                "8.8.2056",
                "134744072",
                "08.8.8.8",
                "256.0.0.1",
                "1.2.3.4.5",
                "1.2.3",
                "127.0.0.1.",
                "127.0.0.1.1",
                "999",
                "4294967296",
                "1.1.1.1e1",
                "1..1.1",
                "127.0.0.1%00",
                "127.0.0.1%2f.example.com",
                "127.0.0.0/8",
                "cpms.0x7f",
                "cpms.127"
            })
    void refusesIpv4AddressesThatAreNotPublicOrNotPlain(String host) {
        assertRefused("ws://" + host + "/");
        assertRefused("ws://" + host + ":8080/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Unspecified, loopback, link-local, site-local, unique-local, metadata, multicast, discard-only.
                "::",
                "::1",
                "0:0:0:0:0:0:0:1",
                "0000:0000:0000:0000:0000:0000:0000:0001",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fdff:ffff::1",
                "fd00:ec2::254",
                "FD00:EC2::254",
                "fd20:ce::254",
                "ff02::1",
                "ff0e::1",
                "100::1",
                // IPv4 inside: mapped, compatible, translated, NAT64, local NAT64, 6to4, Teredo; whatever the address
                // inside.
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::FFFF:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:a9fe:a9fe",
                "::ffff:8.8.8.8",
                "0:0:0:0:0:ffff:7f00:1",
                "::127.0.0.1",
                "::7f00:1",
                "::10.0.0.1",
                "::8.8.8.8",
                "::ffff:0:127.0.0.1",
                "::ffff:0:7f00:1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2002:c0a8:1::1",
                "2001::1",
                "2001:0:53aa:64c:0:fbff:80ff:fffe",
                // Zones and other spellings.
                "fe80::1%25eth0",
                "fe80::1%eth0",
                "::1%0",
                "2600::1%25lo",
                "::1/128",
                "2600::/16",
                "[::1]",
                "::ffff:127.1",
                "::ffff:0177.0.0.1",
                "2600::g",
                "2600:1",
                "v1.fe80",
                "1.2.3.4",
                "",
                "2600::1::1"
            })
    void refusesIpv6AddressesThatAreNotPublicOrNotPlain(String host) {
        assertRefused("ws://[" + host + "]/");
        assertRefused("ws://[" + host + "]:8080/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Full-width digits and dots, ideographic full stop, a circled digit, a soft hyphen, a letter outside
                // of ASCII.
                "ws://１２７.0.0.1/",
                "ws://127。0。0。1/",
                "ws://127．0．0．1/",
                "ws://①27.0.0.1/",
                "ws://local\u00adhost/",
                "ws://ｌocalhost/",
                "ws://bücher.example/",
                "ws://cpms.example.com/ä",
                "ws://[：：1]/",
                "ws://cpms.example.com\u200b/",
                "ws://\u0000cpms.example.com/",
                // Percent-encoded.
                "ws://%6c%6f%63alhost/",
                "ws://%31%32%37.0.0.1/",
                "ws://127%2e0%2e0%2e1/",
                "ws://%5b::1%5d/",
                "ws://cpms%2eexample.com/",
                "ws://cpms.example.com%00.localhost/",
                "ws://cpms.example.com%40127.0.0.1/"
            })
    void refusesHostsThatAreNoPlainAscii(String text) {
        assertRefused(text);
    }

    @Test
    void countsItsCharacters() {
        String longest = "wss://cpms.example.com/" + "a".repeat(512 - 23);

        assertThat(CpmsUrl.parse(longest).value()).hasSize(512);
        assertRefused(longest + "a");
    }

    @Test
    void countsTheCharactersOfAName() {
        String label = "a".repeat(63);
        String host = label + "." + label + "." + label + "." + "a".repeat(57) + ".com";
        assertThat(host).hasSize(253);

        assertThat(CpmsUrl.parse("ws://" + host + "/").host()).isEqualTo(host);
        assertRefused("ws://a" + host + "/");
        assertRefused("ws://" + "a".repeat(64) + ".com/");
        assertRefused("ws://" + label + "." + label + "." + label + "." + label + ".com/");
    }

    @Test
    void tellsItsHostInLowerCase() {
        assertThat(CpmsUrl.parse("WSS://CPMS.Example.COM:443/X").host()).isEqualTo("cpms.example.com");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> CpmsUrl.parse("ws://10.0.0.1/")).hasMessageContaining("private");
        assertThatThrownBy(() -> CpmsUrl.parse("ws://cpms/")).hasMessageContaining("fully qualified");
        assertThatThrownBy(() -> CpmsUrl.parse("http://cpms.example.com/")).hasMessageContaining("ws or wss");
        assertThatThrownBy(() -> CpmsUrl.parse("ws://bücher.example/")).hasMessageContaining("xn--");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> CpmsUrl.parse(text)).as(text).isInstanceOf(InvalidValue.class);
    }
}

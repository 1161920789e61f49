package dev.lanes.notify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names to addresses of the open internet only. The client connects to what was resolved
 * here and asks nobody else, so a name cannot become a private address between look and call.
 *
 * <p>Source: the special-purpose address registries of IANA (RFC 6890 and its updates).
 */
final class PublicAddresses implements DnsResolver {

  private record Block(int[] prefix, int bits) {
    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> FOUR =
      List.of(
          new Block(new int[] {0}, 8), // this network
          new Block(new int[] {10}, 8), // private
          new Block(new int[] {100, 64}, 10), // shared by carriers
          new Block(new int[] {127}, 8), // this machine
          new Block(new int[] {169, 254}, 16), // this link, and what clouds tell their machines
          new Block(new int[] {172, 16}, 12), // private
          new Block(new int[] {192, 0, 0}, 24), // protocol assignments
          new Block(new int[] {192, 0, 2}, 24), // documentation
          new Block(new int[] {192, 168}, 16), // private
          new Block(new int[] {198, 18}, 15), // benchmarks of networks
          new Block(new int[] {198, 51, 100}, 24), // documentation
          new Block(new int[] {203, 0, 113}, 24), // documentation
          new Block(new int[] {224}, 3)); // multicast, reserved, broadcast

  /** Of IPv6 only what is given out is open: 2000::/3, without these. */
  private static final Block OPEN_SIX = new Block(new int[] {0x20}, 3);

  private static final List<Block> SIX =
      List.of(
          new Block(new int[] {0x20, 0x01, 0x00, 0x00}, 23), // protocols, Teredo
          new Block(new int[] {0x20, 0x01, 0x0d, 0xb8}, 32), // documentation
          new Block(new int[] {0x20, 0x02}, 16), // 6to4, which has an IPv4 address inside
          new Block(new int[] {0x3f, 0xff, 0x00}, 20)); // documentation

  private final boolean all;

  /**
   * @param all whether every address may be reached
   */
  PublicAddresses(boolean all) {
    this.all = all;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    for (InetAddress address : found) {
      if (!all && !isPublic(address)) {
        throw new UnknownHostException(
            "%s is %s, which is not an address of the open internet"
                .formatted(host, address.getHostAddress()));
      }
    }
    return found;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return host;
  }

  /** Java makes an IPv4 address of one that is mapped into IPv6. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> FOUR.stream().noneMatch(block -> block.holds(bytes));
      case Inet6Address _ ->
          OPEN_SIX.holds(bytes) && SIX.stream().noneMatch(block -> block.holds(bytes));
      default ->
          throw new IllegalArgumentException(
              "%s of %s bytes: neither IPv4 nor IPv6".formatted(address, Arrays.toString(bytes)));
    };
  }
}

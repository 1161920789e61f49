package dev.lanes.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * Several servers as one. The one that answered last is called; when it does not answer, so is the
 * next, until each was called once.
 */
final class InTurn implements InvocationHandler {

  private static final Logger log = LoggerFactory.getLogger(InTurn.class);

  private final List<?> servers;
  private final Predicate<Throwable> passed;
  private volatile int current;

  private InTurn(List<?> servers, Predicate<Throwable> passed) {
    this.servers = List.copyOf(servers);
    this.passed = passed;
  }

  /** For calls that may be repeated. */
  static boolean isSilent(Throwable fault) {
    return fault instanceof ResourceAccessException || fault instanceof HttpServerErrorException;
  }

  /** For calls that must not: nobody has heard them. */
  static boolean isUnheard(Throwable fault) {
    return fault instanceof ResourceAccessException && fault.getCause() instanceof ConnectException;
  }

  /**
   * @param protocol the interface of the calls
   * @param servers the same calls to each server; not empty
   * @param passed after which faults the next one is called
   */
  static <T> T of(Class<T> protocol, List<T> servers, Predicate<Throwable> passed) {
    return servers.size() == 1
        ? servers.getFirst()
        : protocol.cast(
            Proxy.newProxyInstance(
                protocol.getClassLoader(), new Class<?>[] {protocol}, new InTurn(servers, passed)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    for (int tries = 1; ; tries++) {
      int at = current;
      try {
        return method.invoke(servers.get(at), arguments);
      } catch (InvocationTargetException e) {
        if (!passed.test(e.getCause()) || Thread.currentThread().isInterrupted()) {
          throw e.getCause();
        }
        current = (at + 1) % servers.size();
        if (tries == servers.size()) {
          throw e.getCause();
        }
        log.info(
            "server {} of {} does not answer, the next is asked: {}",
            at + 1,
            servers.size(),
            e.getCause().getMessage());
      }
    }
  }
}

package dev.lanes.access;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface TokenRepository extends Repository<Token, UUID> {

  Optional<Token> findBySha256AndRevokedAtIsNull(byte[] sha256);

  Token save(Token token);
}

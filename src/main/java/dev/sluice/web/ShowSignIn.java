package dev.sluice.web;

import dev.sluice.access.Access;
import dev.sluice.access.IssuerException;
import dev.sluice.access.SignIn;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells a page whether and how to sign somebody in. */
final class ShowSignIn implements Function<WebRequest, WebResponse> {

    private final Access access;
    private final Replies replies;

    ShowSignIn(Access access, Replies replies) {
        this.access = access;
        this.replies = replies;
    }

    /** All but {@code required} is absent where nobody has to sign in, {@code endSessionEndpoint} also if there is none. */
    record SignInView(
            boolean required,
            Optional<URI> authorizationEndpoint,
            Optional<URI> tokenEndpoint,
            Optional<URI> endSessionEndpoint,
            Optional<String> clientId,
            Optional<List<String>> scopes) {

        static SignInView of(Optional<SignIn> way) {
            return new SignInView(
                    way.isPresent(),
                    way.map(SignIn::authorizationEndpoint),
                    way.map(SignIn::tokenEndpoint),
                    way.flatMap(SignIn::endSessionEndpoint),
                    way.map(SignIn::clientId),
                    way.map(SignIn::scopes));
        }
    }

    @Override
    public WebResponse apply(WebRequest request) {
        try {
            return replies.json(SignInView.of(access.signIn()));
        } catch (IssuerException e) {
            throw Problem.unavailable(String.valueOf(e.getMessage()));
        }
    }
}

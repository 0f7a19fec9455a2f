package dev.frontdesk.gateway.websocket;

import org.springframework.web.reactive.socket.CloseStatus;

/** Determines the close code for one side of a relayed socket when the other side has ended. */
final class CloseCodes {

    private static final int FIRST_OF_APPLICATIONS = 3000;
    private static final int LAST_OF_APPLICATIONS = 4999;

    private CloseCodes() {}

    /**
     * Returns the code itself if it is allowed in a close frame (RFC 6455, section 7.4, and the IANA registry); 1004 to
     * 1006 and 1015 are not.
     *
     * @param instead for a side that disappeared without a close frame
     */
    static CloseStatus passedOn(CloseStatus status, CloseStatus instead) {
        int code = status.getCode();
        if (code == CloseStatus.NO_STATUS_CODE.getCode()) {
            return CloseStatus.NORMAL;
        }
        boolean ofTheProtocol = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
        boolean ofApplications = code >= FIRST_OF_APPLICATIONS && code <= LAST_OF_APPLICATIONS;
        return ofTheProtocol || ofApplications ? status : instead;
    }
}

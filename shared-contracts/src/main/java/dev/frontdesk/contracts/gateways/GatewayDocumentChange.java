package dev.frontdesk.contracts.gateways;

/**
 * Request of {@code PUT /internal/gateway-documents/{name}}. The response is the {@link GatewayDocument} with the next version,
 * or 409 if the document has another version than {@code basedOn} by now. The same change again, if it is the last one, gets the
 * same response: its answer may have been lost.
 *
 * @param basedOn the version that the change was made from; 0 for the first one
 * @param content JSON, at most {@link GatewayDocument#LONGEST} bytes of UTF-8
 */
public record GatewayDocumentChange(long basedOn, String content) {

    /** Without the content, which may hold keys. */
    @Override
    public String toString() {
        return "GatewayDocumentChange[based on version " + basedOn + "]";
    }
}

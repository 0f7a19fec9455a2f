package dev.frontdesk.endtoend.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium without a window, with an empty profile. */
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        desktop();
    }

    /** chromium and chromedriver are in the PATH; nothing is downloaded. */
    static Chromium start() {
        var options = new ChromeOptions();
        options.setBinary(program("chromium"));
        // Without a sandbox, which does not work for root. It opens only our own pages.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver"))
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    private static File program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not installed"));
    }

    void desktop() {
        size(1280, 800, false);
    }

    void phone() {
        size(390, 844, true);
    }

    private void size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", mobile ? 2 : 1, "mobile", mobile));
    }

    void forgetsItsCookies() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    void open(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** Waits until the page shows this section, and says so in its title. */
    void shows(String section, String heading) {
        await(section).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(driver.findElements(By.cssSelector("section:not([hidden])")))
                    .extracting(shown -> shown.getAttribute("id"))
                    .containsExactly(section);
            assertThat(find("#" + section + " h1").getText()).isEqualTo(heading);
            assertThat(driver.getTitle()).isEqualTo(heading);
        });
    }

    /** Waits until the section that is shown says something. */
    void says(String text) {
        await(text)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(find("section:not([hidden]) .message").getText())
                                .contains(text));
    }

    /** What the section that is shown says, as soon as it says something. */
    String message() {
        return await().atMost(PATIENCE)
                .until(() -> find("section:not([hidden]) .message").getText(), message -> !message.isEmpty());
    }

    void isOffline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Replaces what a field of the section that is shown has. */
    void type(String field, String text) {
        var input = field(field);
        input.clear();
        input.sendKeys(text);
    }

    String value(String field) {
        return String.valueOf(field(field).getDomProperty("value"));
    }

    /** What a screen reader tells of a field, besides its label: its error. */
    String error(String field) {
        var input = field(field);
        String error = input.getDomAttribute("aria-describedby");
        assertThat(input.getDomAttribute("aria-invalid")).isEqualTo(error == null ? null : "true");
        return error == null ? "" : find("#" + error).getText();
    }

    /** The field's accessible name. */
    String label(String field) {
        return String.valueOf(field(field).getAccessibleName());
    }

    boolean hasFocus(String field) {
        return field(field).equals(driver.switchTo().activeElement());
    }

    void press(String button) {
        driver.findElements(By.cssSelector("section:not([hidden]) button")).stream()
                .filter(shown -> shown.getText().equals(button))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + button))
                .click();
    }

    private WebElement field(String name) {
        return find("section:not([hidden]) [name=" + name + "]");
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** What the page's own scripts can read. */
    String documentCookie() {
        return String.valueOf(driver.executeScript("return document.cookie"));
    }

    @Nullable Cookie cookie(String name) {
        return driver.manage().getCookieNamed(name);
    }

    /** Runs a function body, which may await, with the rights of the page; returns its result or its error. */
    String inThePage(String script) {
        return String.valueOf(driver.executeAsyncScript(
                "const done = arguments[0]; (async () => {" + script + "})().then(done, error => done('' + error))"));
    }

    boolean isWiderThanItsWindow() {
        return Boolean.TRUE.equals(
                driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
    }

    /** What the console has about its content security policy since the last call. */
    List<String> violations() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("Content Security Policy"))
                .toList();
    }

    /** On a phone and on a desk, in target/screenshots. */
    void photograph(String name) throws IOException {
        phone();
        assertThat(isWiderThanItsWindow()).as(name + " on a phone").isFalse();
        photographAs(name + "-phone");
        desktop();
        photographAs(name + "-desktop");
    }

    private void photographAs(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}

// What the pages of a ministry do nowadays: nothing is on the page until this has run.
fetch("/internal/visitors").catch(() => {});
window.open("/app/welcome");
navigator.sendBeacon("/app/seen", "1");
const file = document.createElement("a");
file.href = "/app/rules.zip";
file.download = "rules.zip";
file.click();
fetch("/app/rules.json")
  .then((answer) => answer.json())
  .then((rules) => {
    const root = document.getElementById("root");
    const title = document.createElement("h1");
    title.textContent = rules.title;
    root.append(title);
    rules.lines.forEach((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      root.append(paragraph);
    });
  });

@echo off
rem Start the program from a fresh copy of the source tree.
rem   packaging\run.cmd                 the window
rem   packaging\run.cmd plans list      any command of kjxd-desktop
setlocal EnableExtensions DisableDelayedExpansion
rem This file is UTF-8; from here on the console reads it so.
chcp 65001 >nul

for %%I in ("%~dp0..") do set "ROOT=%%~fI"
set "VENV=%ROOT%\.venv"
set "LOCK=%ROOT%\packaging\requirements.lock"
set "STAMP=%VENV%\installed-run.lock"
set "FITS=import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"

rem Nothing to do when this very lock is installed.
if exist "%VENV%\Scripts\pythonw.exe" fc /b "%LOCK%" "%STAMP%" >nul 2>&1 && goto start

set "PYTHON="
for %%C in ("py -3.13" "py -3.12" "py -3.11" "python") do (
    if not defined PYTHON %%~C -c "%FITS%" >nul 2>&1 && set "PYTHON=%%~C"
)
if not defined PYTHON goto no_python

echo 正在准备运行环境，第一次要几分钟……
echo Making .venv and installing the locked packages; the first time takes some minutes.
%PYTHON% -m venv --clear "%VENV%" || goto failed
"%VENV%\Scripts\python.exe" -m pip install --quiet --requirement "%LOCK%" || goto failed
"%VENV%\Scripts\python.exe" -m pip install --quiet --no-deps --editable "%ROOT%" || goto failed
copy /y "%LOCK%" "%STAMP%" >nul || goto failed

:start
if "%~1"=="" goto window
"%VENV%\Scripts\python.exe" -m kjxd_desktop %*
exit /b

:window
start "" "%VENV%\Scripts\pythonw.exe" -m kjxd_desktop
exit /b 0

:no_python
echo 需要 Python 3.11 到 3.13，没有找到。请先安装 Python，再运行一次。
echo Python 3.11 to 3.13 is needed and was not found. Install it, then run this again.
rem Started by a double click, the sentence must stay to be read.
if "%~1"=="" pause
exit /b 1

:failed
echo 没能装好运行环境。请检查网络或 pip 的软件源设置，再运行一次。
echo The environment could not be made. Check the network or pip's index settings, then run this again.
if "%~1"=="" pause
exit /b 1
